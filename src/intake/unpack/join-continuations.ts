/**
 * Puts a name together that was written in numbered pieces (`name*0=…; name*1=…`, RFC 2231, 3). Some programs cut encoded words or
 * raw GBK anywhere between the pieces, so they are joined before anything in them is read.
 */

const piece =
  /(?<=[;\s])((?:file)?name)\*(\d{1,2})(\*?)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))[ \t]*(?:;[ \t]*)?(?:\r?\n[ \t]+)?/giu

/** `header` is one header or many, a character for each byte. */
export function joinContinuations(header: string): string {
  if (!/name\*\d/iu.test(header)) return header
  return header.replaceAll(/^[\w-]+[ \t]*:.*(?:\r?\n[ \t].*)*/gmu, joinField)
}

interface Piece {
  readonly number: number
  readonly encoded: boolean
  readonly value: string
}

function joinField(field: string): string {
  const names = new Map<string, Piece[]>()
  const rest = field.replaceAll(piece, (_, name: string, number: string, star: string, quoted?: string, bare?: string) => {
    const key = name.toLowerCase()
    names.set(key, [...(names.get(key) ?? []), { number: Number(number), encoded: star !== '', value: quoted ?? bare ?? '' }])
    return ''
  })
  if (names.size === 0) return field
  const joined = [...names].map(([name, pieces]) => joinName(name, pieces))
  return `${rest.replace(/[;\s]*$/u, '')}; ${joined.join('; ')}`
}

function joinName(name: string, pieces: readonly Piece[]): string {
  // A piece given twice counts once.
  const inOrder = [...new Map(pieces.map((one) => [one.number, one])).values()].toSorted((one, other) => one.number - other.number)
  if (!inOrder.some(({ encoded }) => encoded)) return `${name}="${inOrder.map(({ value }) => value).join('')}"`
  const text = inOrder.map(({ encoded, value }) => (encoded ? value : value.replaceAll(/[^\w.-]/gu, percent))).join('')
  return `${name}*=${text}`
}

/** Of the bytes that the characters stand for. */
const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
