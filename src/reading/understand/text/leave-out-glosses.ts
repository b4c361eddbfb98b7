/** English beside the labels of bilingual forms (联系电话 Tel.) is no part of a value. */
import { bottom, columnOverlap, right } from './geometry.ts'
import { textOf, type Line } from './letters.ts'

/** The words that glosses of the labels are made of; they stand without blanks here, and a wrapped gloss is cut anywhere between. */
const words =
  'unified social credit code enterprise company business name certificate number no delivery address contact person application apply date of birth phone nationality country region occupation department consignee recipient education telephone signature receiver position birthday handler handled handling by remarks remark id type card legal operator representative gender mobile agent title uscc sex tel fax service services item items method the change changes content contents seal stamp reason cardholder holder user deliver mailing mail postal postcode zip email home residential residence organization organisation registered registration representative applicant issued issuer issuing expiry valid until surname given names full degree job duty category pickup collection way courier express accepted acceptance official office use only basic information info details year month day to for and'.split(
    ' ',
  )
/** Too short to be a gloss by itself. */
const little = new Set(['of', 'by', 'the', 'to', 'for', 'and', 'way', 'use', 'day', 'only', 'full', 'given', 'user'])
/** From this length on one letter may be misread or lost. */
const long = 6

/** What recognisers take for one another in small Latin print. */
const foldPrint = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[1|!i]/gu, 'l')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')

const folded = words.map((word) => ({ text: foldPrint(word), isLittle: little.has(word) }))

/** Of two letters alike they often see one: Adres. */
const withoutTwins = (text: string): string => text.replace(/(.)\1+/gu, '$1')

/** How much of a text is a gloss at its begin, with the point or colon behind it. */
function lengthOfGloss(text: string): number {
  const [run] = /^[A-Za-z][A-Za-z1|!05.]*/u.exec(text) ?? ['']
  for (let length = run.length; length > 1; length -= 1) {
    // A longer word that begins like one (Faxian, Datewell) is somebody's.
    if (/[A-Za-z]/u.test(text[length] ?? '') || !isGloss(run.slice(0, length).replaceAll('.', ''))) continue
    // Telephone13800138000: a figure before others is the number's.
    if (/\d{2}/u.test(text.slice(length - 1, length + 1))) continue
    return length + (text[length] === ':' ? 1 : 0)
  }
  return 0
}

/** Whatever Latin letters stand between the first characters of a line and its colon, however they were misread: 收件地址MaingAdress：. */
const lengthBeforeColon = (text: string): number => /^(?!https?:)[A-Za-z][A-Za-z1|!0.]{2,}:/u.exec(text)?.[0].length ?? 0

/** Whether the letters are words of labels, one after another. */
function isGloss(run: string): boolean {
  const text = foldPrint(run)
  // Of each place: whether words end there, and whether one of them is more than a little one.
  const ends: (boolean | undefined)[] = [false]
  for (let at = 0; at < text.length; at += 1) {
    const before = ends[at]
    if (before === undefined) continue
    for (const word of folded)
      for (const length of word.text.length < long ? [word.text.length] : [-2, -1, 0, 1].map((more) => word.text.length + more))
        if (differsLittle(word.text, text.slice(at, at + length))) ends[at + length] = ends[at + length] || before || !word.isLittle
  }
  return ends[text.length] === true
}

/** The same, or for long words with one letter misread, lost or too many. */
function differsLittle(word: string, read: string): boolean {
  if (word === read) return true
  if (word.length < long) return false
  if (read.length < word.length && withoutTwins(word) === withoutTwins(read)) return true
  if (read.length < word.length - 1) return false
  let from = 0
  while (from < read.length && word[from] === read[from]) from += 1
  const rest = (text: string, skip: number): string => text.slice(from + skip)
  if (read.length === word.length) return rest(word, 1) === rest(read, 1)
  return read.length < word.length ? rest(word, 1) === rest(read, 0) : rest(word, 0) === rest(read, 1)
}

/** A form on which so many lines have such words is bilingual: other Latin words beside its labels are misread ones. */
const bilingual = 4

/** Passports and permits have values in Latin letters. */
const ofForm = /登记表|申请表|委托书|持卡人|经办人|收件人/u

/** The lines without such words at their begin, after a character of a label, or in brackets behind it. */
export function leaveOutGlosses(lines: readonly Line[]): Line[] {
  const torn = findTorn(lines)
  const left = lines.map((line) => withoutGlosses(torn.has(line) ? without(line, torn.get(line)!) : line))
  const isBilingual = left.filter((line, at) => line !== lines[at]).length >= bilingual && lines.some(({ text }) => ofForm.test(text))
  return (isBilingual ? left.map(withoutMisread) : left)
    .filter((line) => line.letters.length > 0 && !(isBilingual && little.has(line.text.toLowerCase())))
    .map((line, index) => ({ ...line, index }))
}

/** 单位名称Com above pany Name: — a narrow cell breaks a gloss off amid a word. Each line with the letters that are of such a gloss. */
function findTorn(lines: readonly Line[]): ReadonlyMap<Line, ReadonlySet<number>> {
  const found = new Map<Line, ReadonlySet<number>>()
  for (const line of lines) {
    const [begin] = /(?<=[\p{Script=Han})/])[A-Za-z][A-Za-z.]*$/u.exec(line.text) ?? []
    if (begin === undefined) continue
    const rows: Line[] = []
    let longest = 0
    for (let last = line, words = begin; rows.length < mostRows;) {
      const next = lines.find((other) => isRowBelow(last, other))
      if (!next || !/^[A-Za-z][A-Za-z.]*\)?:?$/u.test(next.text)) break
      rows.push(next)
      words += next.text
      last = next
      if (isGloss(words.replace(/[.:)]/gu, ''))) longest = rows.length
    }
    if (longest === 0) continue
    const start = line.letters.length - begin.length
    found.set(line, new Set(Array.from({ length: begin.length }, (_, at) => start + at)))
    for (const row of rows.slice(0, longest)) found.set(row, new Set(row.letters.keys()))
  }
  return found
}

/** A gloss of a label has no more rows than this. */
const mostRows = 4

/** The next row of the same narrow room: print of one size, one above the other. */
const isRowBelow = (above: Line, line: Line): boolean =>
  line.box.y > above.box.y + 0.5 * above.em &&
  line.box.y - bottom(above.box) < 0.9 * above.em &&
  columnOverlap(line.box, above.box) > 0.5 &&
  line.box.height < 1.5 * above.box.height

/** Latin words that begin or end a line, or stand before a colon: TfypeoflD, Maing. Names of enterprises have Chinese characters alone. */
const misread =
  /^[A-Za-z][A-Za-z.1|!0]{2,}(?=$|[:)\p{Script=Han}])[:)]?|\(?(?<=[\p{Script=Han}(/)])(?!https?)[A-Za-z][A-Za-z.1|!]{2,}(?:\)?:|\)?$)/u

function withoutMisread(line: Line): Line {
  if (line.source !== 'ocr' || /www|http|@/iu.test(line.text)) return line
  const found = misread.exec(line.text)
  if (!found) return line
  const from = Array.from(line.text.slice(0, found.index)).length
  const to = from + Array.from(found[0]).length
  return without(line, new Set(Array.from({ length: to - from }, (_, at) => from + at)))
}

function withoutGlosses(line: Line): Line {
  if (!/[A-Za-z]{2}/u.test(line.text)) return line
  const characters = line.letters.map(({ character }) => character)
  const gone = new Set<number>()
  for (let at = 0; at < characters.length; at += 1) {
    const before = characters[at - 1]
    const isBracketed = before === '(' && /[\p{Script=Han})]|^$/u.test(characters[at - 2] ?? '')
    // 联系人: Contact
    const isBehindColon = before === ':' && /[\p{Script=Han})]/u.test(characters[at - 2] ?? '')
    if (before !== undefined && !isBracketed && !isBehindColon && !/[\p{Script=Han})/]/u.test(before)) continue
    const rest = characters.slice(at).join('')
    const length = lengthOfGloss(rest) || (characters.slice(0, at).includes(':') ? 0 : lengthBeforeColon(rest))
    // （Full, of which the rest stands on the next row.
    const isTorn = isBracketed && (at + length === characters.length || little.has(rest.toLowerCase()))
    const end = isTorn ? characters.length : at + length
    const closes = characters[end] === ')'
    if (end === at || (isBracketed && !isTorn && !closes)) continue
    const to = closes && (isBracketed || at === 0) ? end + 1 : end
    for (let i = isBracketed ? at - 1 : at; i < to; i += 1) gone.add(i)
    at = to - 1
  }
  return gone.size === 0 ? line : without(line, gone)
}

/** The line without some of its letters. */
function without(line: Line, gone: ReadonlySet<number>): Line {
  const letters = line.letters.filter((_, at) => !gone.has(at))
  const glosses = [...(line.glosses ?? []), ...line.letters.filter((_, at) => gone.has(at))]
  const [first, last] = [letters[0], letters.at(-1)]
  if (!first || !last) return { ...line, letters, text: '' }
  // The line ends where its letters end, unless they still reach to its edge.
  const left = gone.has(0) ? Math.max(line.box.x, first.left) : line.box.x
  const end = gone.has(line.letters.length - 1) ? Math.min(right(line.box), last.right) : right(line.box)
  return { ...line, letters, glosses, text: textOf(letters), box: { ...line.box, x: left, width: Math.max(1, end - left) } }
}
