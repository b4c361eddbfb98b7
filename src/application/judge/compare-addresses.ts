/** Whether two addresses (地址) are one: with or without province, city and district, however 号, 楼 and 室 are written. */
import { distance } from './evidence.ts'

export interface ComparedAddresses {
  /**
   * `same`: one place, told more or less fully. `near`: perhaps one place misread. `number`: one street and another number in
   * it. `other`: another place.
   */
  readonly verdict: 'same' | 'near' | 'number' | 'other'
  /** 0…1, how alike what stands behind the district is. */
  readonly score: number
}

export function compareAddresses(left: string, right: string): ComparedAddresses {
  const [a, b] = [parseAddress(left), parseAddress(right)]
  const score = likeness(a.place, b.place)
  if (a.place === '' || b.place === '') return { verdict: 'near', score }
  if (isElsewhere(a.regions, b.regions)) return { verdict: 'other', score }
  if (a.place === b.place) return { verdict: 'same', score: 1 }
  const [short, long] = a.place.length <= b.place.length ? [a, b] : [b, a]
  // The room or the building may be left out, the number in the street may not.
  if (short.numbers.length > 0 && long.place.startsWith(short.place) && !/^\d/u.test(long.place.slice(short.place.length)))
    return { verdict: 'same', score: Math.max(score, 0.9) }
  const streets = likeness(a.words, b.words)
  const numbersAgree = short.numbers.every((number, index) => long.numbers[index] === number)
  if (numbersAgree) return { verdict: streets >= 0.6 || score >= 0.8 ? 'near' : 'other', score }
  if (streets >= 0.85) return { verdict: 'number', score }
  return { verdict: score >= 0.75 ? 'near' : 'other', score }
}

/** Whether it says more than city and district: a street, a village, a building. */
export const isReachable = (address: string): boolean => Array.from(parseAddress(address).place).length >= 3

/** It ends with a township or a street, and tells no door, building or village there; or it only says where the address stands (同营业执照). */
export function lacksDoor(address: string): boolean {
  const { place, numbers } = parseAddress(address)
  return (
    elsewhere.test(address.normalize('NFKC').trim()) ||
    (numbers.length === 0 && /(?:街道|镇|乡|大道|(?<!步行|美食|商业|食品)街|路|巷|弄)$/u.test(place))
  )
}

const elsewhere = /^(?:同|如|见|与)(?:上|前|营业执照|执照|注册|公司|单位|企业|住所|经营)/u

/** The narrowest divisions that both tell differ, and neither is one of the other's wider ones. */
function isElsewhere(left: readonly string[], right: readonly string[]): boolean {
  const [one, other] = [left.at(-1), right.at(-1)]
  if (one === undefined || other === undefined) return false
  // 思明区 and 湖里区 differ in two of three glyphs, one of them misread in one.
  const isAmong = (name: string, names: readonly string[]) => names.some((known) => likeness(name, known) >= 0.6)
  return !isAmong(one, right) && !isAmong(other, left)
}

const likeness = (a: string, b: string): number => 1 - distance(a, b) / Math.max(1, a.length, b.length)

interface ParsedAddress {
  /** City and district, as far as told. */
  readonly regions: readonly string[]
  /** What stands behind the district. */
  readonly place: string
  /** The place without its numbers. */
  readonly words: string
  readonly numbers: readonly string[]
}

/** 工业区, 开发区 and 小区 are places in a district, not districts. */
const region =
  /^(?:中国)?(?:[\p{Script=Han}]{2,8}?(?:省|自治区|特别行政区))?([\p{Script=Han}]{2,7}?(?:自治州|地区|盟|市))?([\p{Script=Han}]{1,7}?(?:自治县|自治旗|林区|(?<!工业|开发|保税|示范|试验|合作|园|社|小|高新|自贸|产业|港|景|校|库|片|新)区|县|旗|(?<=[\p{Script=Han}]{2})市))?/u

function parseAddress(text: string): ParsedAddress {
  const plain = unify(text)
  const [whole = '', city, district] = region.exec(plain) ?? []
  const place = plain.slice(whole.length)
  const regions = [city, district].filter((name) => name !== undefined)
  return { regions, place, words: place.replaceAll(/\d+/gu, ''), numbers: place.match(/\d+/gu) ?? [] }
}

const figures = '〇一二三四五六七八九'

/** Full width, blanks, marks, Chinese figures before a measure, and the many ways to write 号, 楼, 栋 and 室. */
function unify(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/\s/gu, '')
      .replaceAll(/(?<![A-Z])NO\.?(\d+)号?/gu, '$1号')
      .replaceAll(/(\d+)#/gu, '$1号')
      // 之一 and -1 say the same.
      .replaceAll(/之([一二三四五六七八九])/gu, (_, figure: string) => `-${figures.indexOf(figure)}`)
      .replaceAll('之', '-')
      .replaceAll(/([〇一二三四五六七八九十]{1,3})(?=号|楼|层|栋|幢|座|室|单元|期|区\d)/gu, (whole, said: string) => valueOf(said) ?? whole)
      .replaceAll(/(\d+)(?:楼|层|F)(?!\p{Script=Han}*路)/gu, '$1楼')
      .replaceAll(/(\d+|[A-Z])(?:号楼|栋|幢|座)/gu, '$1栋')
      .replaceAll(/(\d+)(?:室|房间|房|单位)/gu, '$1')
      .replaceAll(/(?<=\d)-(?=\d)/gu, '/')
      .replaceAll(/[^\p{L}\p{N}/]/gu, '')
  )
}

/** 十一 is 11, 二十 is 20, 七 is 7; undefined for more than ninety-nine. */
function valueOf(said: string): string | undefined {
  const [tens, ones] = said.includes('十') ? said.split('十') : ['', said]
  if (said.includes('十'))
    return String((tens === '' ? 1 : figures.indexOf(tens ?? '')) * 10 + (ones === '' ? 0 : figures.indexOf(ones ?? '')))
  return Array.from(said, (figure) => figures.indexOf(figure)).join('')
}
