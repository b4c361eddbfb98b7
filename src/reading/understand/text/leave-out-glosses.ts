/** English beside the labels of bilingual forms (联系电话 Tel.) is no part of a value. */
import { right } from './geometry.ts'
import { textOf, type Line } from './letters.ts'

/** As they stand without blanks; longer ones first, so that none is left in part. */
const words = [
  'UnifiedSocialCreditCode',
  'SocialCreditCode',
  'CertificateType',
  'EnterpriseName',
  'CertificateNo',
  'DeliveryAddress',
  'ContactPerson',
  'ApplicationDate',
  'ContactNumber',
  'CompanyName',
  'DateofBirth',
  'PhoneNumber',
  'Nationality',
  'Enterprise',
  'Occupation',
  'Department',
  'Consignee',
  'Recipient',
  'Education',
  'Telephone',
  'Signature',
  'IDNumber',
  'Receiver',
  'Position',
  'Birthday',
  'Company',
  'Address',
  'Contact',
  'Handler',
  'Remarks',
  'IDType',
  'CardNo',
  'Gender',
  'Mobile',
  'Remark',
  'Agent',
  'Phone',
  'Title',
  'Birth',
  'USCC',
  'IDNo',
  'Name',
  'Date',
  'Sex',
  'Tel',
  'Fax',
]

/** What recognisers take for one another in small Latin print. */
const foldPrint = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[1|!i]/gu, 'l')
    .replaceAll('0', 'o')

const gloss = new RegExp(`^(?:${words.map(foldPrint).join('|')})[.:]{0,2}`, 'u')

/** The lines without such words at their begin or after a character of a label. */
export function leaveOutGlosses(lines: readonly Line[]): Line[] {
  return lines
    .map(withoutGlosses)
    .filter((line) => line.letters.length > 0)
    .map((line, index) => ({ ...line, index }))
}

function withoutGlosses(line: Line): Line {
  if (!/[A-Za-z]{2}/u.test(line.text)) return line
  const characters = line.letters.map(({ character }) => character)
  const gone = new Set<number>()
  for (let at = 0; at < characters.length; at += 1) {
    const before = characters[at - 1]
    if (before !== undefined && !/[\p{Script=Han})/]/u.test(before)) continue
    const found = gloss.exec(foldPrint(characters.slice(at).join('')))?.[0].length ?? 0
    // A longer word that begins like one (Faxian, Datewell) is somebody's.
    if (found === 0 || /[A-Za-z]/u.test(characters[at + found] ?? '')) continue
    for (let i = at; i < at + found; i += 1) gone.add(i)
    at += found - 1
  }
  if (gone.size === 0) return line
  const letters = line.letters.filter((_, at) => !gone.has(at))
  const [first, last] = [letters[0], letters.at(-1)]
  if (!first || !last) return { ...line, letters, text: '' }
  // The line ends where its letters end, unless they still reach to its edge.
  const left = gone.has(0) ? Math.max(line.box.x, first.left) : line.box.x
  const end = gone.has(characters.length - 1) ? Math.min(right(line.box), last.right) : right(line.box)
  return { ...line, letters, text: textOf(letters), box: { ...line.box, x: left, width: Math.max(1, end - left) } }
}
