/**
 * Finds the parts of a message between the boundaries that it declares (RFC 2046, 5.1.1), as forgivingly as mail programs do:
 * blanks after a boundary, inner multiparts that are never closed, boundaries that are declared wrongly or not at all.
 */

export interface Span {
  readonly start: number
  end: number
}

export interface Part {
  readonly header: Span
  readonly body: Span
  /** The boundary that its header must declare; null when that is what it declares. */
  readonly boundary: string | null
  /** In a digest a part without a type is a message (RFC 2046, 5.1.5). */
  readonly inDigest: boolean
  /** Alternatives are one text in several forms. */
  readonly inAlternative: boolean
}

/** A line that is written anew so that a strict parser knows it for a boundary. */
export interface MendedLine extends Span {
  readonly text: string
}

export interface FoundParts {
  readonly parts: Part[]
  readonly lines: MendedLine[]
  /** Multiparts of which no part was found. */
  readonly unopened: number
}

interface Multipart {
  readonly boundary: string
  readonly kind: string
  opened: boolean
}

/** Bytes after a header in which the true boundary is looked for. */
const nearBytes = 64 * 1024
const longestLine = 1024
const mostMultiparts = 100

export function findParts(raw: Buffer, from: number, most: number): FoundParts {
  const parts: Part[] = []
  const lines: MendedLine[] = []
  /** Outermost first. */
  const open: Multipart[] = []
  let multiparts = 0
  let unopened = 0
  let headerStart = from
  let current: Part | undefined
  for (let start = from; start < raw.length && parts.length <= most;) {
    const newline = raw.indexOf(0x0a, start)
    const end = newline === -1 ? raw.length : newline + 1
    if (!current) {
      if (end - start <= 2 && raw.subarray(start, end).toString('latin1').trim() === '') {
        const header = raw.subarray(headerStart, start).toString('latin1')
        const inside = open.at(-1)
        const multipart = ++multiparts <= mostMultiparts ? declaredMultipart(header, raw, end, open) : undefined
        current = {
          header: { start: headerStart, end: start },
          body: { start: end, end: raw.length },
          boundary: multipart?.rewrite ? multipart.boundary : null,
          inDigest: inside?.kind === 'digest',
          inAlternative: inside?.kind === 'alternative',
        }
        parts.push(current)
        if (multipart) open.push({ boundary: multipart.boundary, kind: multipart.kind, opened: false })
      }
    } else if (raw[start] === 0x2d && raw[start + 1] === 0x2d && end - start < longestLine) {
      const line = raw.subarray(start, end).toString('latin1')
      const delimiter = matchDelimiter(line.slice(2), open)
      if (delimiter) {
        const { at, closes } = delimiter
        if (current.body.end === raw.length) current.body.end = start
        const unclosed = open.splice(at + 1)
        unopened += unclosed.filter(({ opened }) => !opened).length
        const { boundary } = open[at]!
        open[at]!.opened = true
        const text = [...unclosed.map((inner) => `--${inner.boundary}--\r\n`).toReversed(), `--${boundary}${closes ? '--' : ''}\r\n`].join(
          '',
        )
        if (text !== line) lines.push({ start, end, text })
        if (closes) open.splice(at)
        else {
          current = undefined
          headerStart = end
        }
      }
    }
    start = end
  }
  return { parts, lines, unopened: unopened + open.filter(({ opened }) => !opened).length }
}

/** Which multipart a line after its two hyphens belongs to, innermost first; blanks or rubbish may follow it. */
function matchDelimiter(line: string, open: readonly Multipart[]): { at: number; closes: boolean } | undefined {
  const text = line.trimEnd()
  for (let at = open.length - 1; at >= 0; at--) if (text === open[at]!.boundary) return { at, closes: false }
  for (let at = open.length - 1; at >= 0; at--) {
    const { boundary } = open[at]!
    if (boundary !== '' && text.startsWith(boundary) && text.startsWith('--', boundary.length)) return { at, closes: true }
  }
  return undefined
}

function declaredMultipart(
  header: string,
  raw: Buffer,
  bodyStart: number,
  open: readonly Multipart[],
): { boundary: string; kind: string; rewrite: boolean } | undefined {
  // Some write the type twice; a multipart among them is the one that is meant.
  const types = [...header.matchAll(/^content-type[ \t]*:(.*(?:\r?\n[ \t].*)*)/gimu)].map(([, value = '']) => value)
  const type = types.find((value) => /^\s*multipart\//iu.test(value))
  if (type === undefined) return undefined
  const kind = /^\s*multipart\/([\w-]+)/iu.exec(type)?.[1]?.toLowerCase() ?? 'mixed'
  const found = /boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/iu.exec(type)
  const boundary = (found?.[1] ?? found?.[2] ?? '').replaceAll(/\r?\n[ \t]*/gu, ' ').trimEnd()
  // Forgotten, the semicolon before it hides it from a parser.
  if (boundary !== '' && raw.includes(`--${boundary}`, bodyStart, 'latin1'))
    return { boundary, kind, rewrite: !/;\s*boundary/iu.test(type) }
  // Declared wrongly or not at all: a line of hyphens before the header of a part.
  const near = raw.subarray(bodyStart, bodyStart + nearBytes).toString('latin1')
  for (const [, guess = ''] of near.matchAll(
    /^--([^\s-][^\r\n]{0,150}?|-{1,60}[^\s-][^\r\n]{0,150}?)[ \t]*\r?\ncontent-[\w-]+[ \t]*:/gimu,
  )) {
    if (open.some((outer) => outer.boundary === guess)) break
    if (!guess.includes('"')) return { boundary: guess, kind, rewrite: true }
  }
  return { boundary: boundary || 'never', kind, rewrite: false }
}
