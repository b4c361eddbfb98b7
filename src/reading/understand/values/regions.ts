/** Administrative divisions of China (GB/T 2260): codes and names down to the district, as evidence that an address or a number was read right. */
import { divisions, type Division } from '../../divisions.ts'

const isOfToday = ({ until }: Division): boolean => until === null

const provinces = divisions.filter((one) => one.code.endsWith('0000') && isOfToday(one))
const ofPrefecture = divisions.filter(({ code }) => code.endsWith('00') && !code.endsWith('0000'))
const namesOfToday = new Set(divisions.filter(isOfToday).map(({ name }) => name))
/** Those of today come first, and before what had their names once: 重庆市 was a prefecture. */
const prefectures = [...ofPrefecture.filter(isOfToday), ...ofPrefecture.filter((one) => !isOfToday(one) && !namesOfToday.has(one.name))]
const districts = divisions.filter(({ code }) => !code.endsWith('00'))
const districtsOf = Map.groupBy(districts, ({ code }) => `${code.slice(0, 4)}00`)
const districtsWithCode = Map.groupBy(districts, ({ code }) => code)

/** By the first character of their names: of thousands few may begin a text. */
const byFirst = (list: readonly Division[]): ReadonlyMap<string, readonly Division[]> => Map.groupBy(list, ({ name }) => name.charAt(0))
const prefecturesByFirst = byFirst(prefectures)
const districtsByFirst = byFirst(districts)

/** The first prefecture, of a province where one is told, whose name stands at a place of a text. */
const prefectureAt = (text: string, at: number, province: Division | undefined): Division | undefined =>
  prefecturesByFirst
    .get(text.charAt(at))
    ?.find(({ code, name }) => text.startsWith(name, at) && (!province || code.startsWith(province.code.slice(0, 2))))

/** What is left out of a province's name in everyday use: 福建厦门市, 新疆乌鲁木齐市, 上海浦东新区. */
const shortNames = new Map(provinces.map((one) => [one.name.replace(/(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市)$/u, ''), one]))

interface Beginning {
  readonly province: Division | undefined
  /** How many characters name it. */
  readonly from: number
}

/** The province that a text begins with; its short name is one only before a division that lies in it. */
function provinceOf(text: string): Beginning {
  const province = provinces.find(({ name }) => text.startsWith(name))
  if (province) return { province, from: province.name.length }
  for (const [name, one] of shortNames) {
    if (!text.startsWith(name)) continue
    const isWithin = ({ code, name: own }: Division): boolean =>
      own.length > 2 && code.startsWith(one.code.slice(0, 2)) && text.startsWith(own, name.length)
    if (prefectureAt(text, name.length, one) || districtsByFirst.get(text.charAt(name.length))?.some(isWithin))
      return { province: one, from: name.length }
  }
  return { province: undefined, from: 0 }
}

/** Numbers of identity cards are given out since 1984, and keep the code of the day. */
const firstNumbers = 1984
const hasGivenNumbers = ({ until }: Division): boolean => until === null || until > firstNumbers

/** Six digits of every district whose code identity numbers may have. */
export const districtCodes: ReadonlySet<string> = new Set(districts.filter(hasGivenNumbers).map(({ code }) => code))

const districtsOfProvince = (province: Division): Division[] => districts.filter(({ code }) => code.startsWith(province.code.slice(0, 2)))

/** How long after its end a district's code was still given to the newly born, in years. */
const late = 1

/** Whether the first six digits of an identity number name a district that was one when its holder was born, or later. */
export const isDistrictOfBirth = (code: string, year: number): boolean =>
  (districtsWithCode.get(code) ?? []).some((one) => hasGivenNumbers(one) && (one.until ?? Infinity) + late >= year)

/**
 * How many characters at the begin of an address (or of a police office's name) are a division down to a prefecture or a
 * district that lies in what stands before it: 9 of 福建省厦门市思明区嘉禾路1号; 0 when the text begins otherwise.
 */
export const lengthOfRegion = (text: string): number => beginningOf(text).length

/** How much of a text names a division, and the first digits of the codes of all divisions that it may be. */
function beginningOf(text: string): { readonly length: number; readonly codes: readonly string[] } {
  const { province, from } = provinceOf(text)
  const city = prefectureAt(text, from, province)
  const afterCity = text.slice(from + (city?.name.length ?? 0))
  const within = city
    ? (districtsOf.get(city.code) ?? [])
    : (districtsByFirst.get(afterCity.charAt(0)) ?? []).filter(({ code, name }) =>
        province ? code.startsWith(province.code.slice(0, 2)) : name.length > 2,
      )
  const district = within.find(({ name }) => afterCity.startsWith(name))
  if (!city && !district) return { length: 0, codes: [] }
  return {
    length: text.length - afterCity.slice(district?.name.length ?? 0).length,
    codes: district ? within.filter(({ name }) => name === district.name).map(({ code }) => code) : [city!.code.slice(0, 4)],
  }
}

/** Six digits of the districts that an address may lie in; none where it does not name one. */
export const districtsOfAddress = (text: string): string[] => beginningOf(text).codes.filter(({ length }) => length === 6)

/** The prefecture that a seat is. */
const cityOf = (seat: string): Division | undefined => prefectures.find(({ name }) => seat.endsWith(name))

/**
 * A division's name without the mark that was read within it: 厦门J市海沧区 is 厦门市海沧区, of which a stroke was taken for a letter.
 * Null where there is no such mark, or it is none.
 */
export function withoutMarkInRegion(text: string): string | null {
  for (const { index } of text.slice(0, longestRegion).matchAll(/[^\p{Script=Han}\d]/gu)) {
    const without = text.slice(0, index) + text.slice(index + 1)
    const length = lengthOfRegion(without)
    if (length > index && length > lengthOfRegion(text)) return without
  }
  return null
}

/** 新疆维吾尔自治区伊犁哈萨克自治州霍城县 has 19 characters. */
const longestRegion = 20

/** 公安局 of a seat, and perhaps the office of one of its districts. */
const officeOf = /^(.{2,12}?)公安局(?:(.{1,8}?)((?:公安)?分局))?$/u

/** Whether the name of a police office is made of divisions that exist: 厦门市公安局思明分局, 惠安县公安局. */
export function isPoliceOffice(text: string): boolean {
  const parts = officeOf.exec(text)
  if (!parts) return false
  const [, seat = '', branch] = parts
  if (!provinces.some(({ name }) => name === seat) && lengthOfRegion(seat) !== seat.length) return false
  return !branch || branchesOf(seat).includes(branch)
}

/**
 * Whether a police office may be that of a person who lives at this address, or whose number (or its first digits) was given out
 * there; null where the office or both of them name no division. People move, so that a number alone denies nothing.
 */
export function isOfficeOf(office: string, address: string | null, idNumber: string | null): boolean | null {
  const codes = codesOfOffice(office)
  const own = [...beginningOf(address ?? '').codes, ...(idNumber ? [idNumber.slice(0, 6)] : [])]
  if (codes.length === 0 || own.length === 0) return null
  return codes.some((code) => own.some((one) => one.startsWith(code) || code.startsWith(one)))
}

/**
 * Whether the holder's own address or number names the very district of a police office: then no character of its name was misread or
 * lost. An office of a whole prefecture says too little.
 */
export function isOfficeOfDistrict(office: string, address: string | null, idNumber: string | null): boolean {
  const codes = codesOfOffice(office).filter((code) => code.length === 6)
  const own = [...beginningOf(address ?? '').codes, ...(idNumber ? [idNumber.slice(0, 6)] : [])]
  return codes.some((code) => own.includes(code))
}

/** Whether an office may go on with one of its branches: 成都市公安局武侯区分局 whose end was not read is 成都市公安局. */
export function mayLackBranch(office: string): boolean {
  const [, seat = '', branch] = officeOf.exec(office) ?? []
  const city = cityOf(seat)
  if (branch) return false
  return city ? (districtsOf.get(city.code)?.length ?? 0) > 1 : provinces.some(({ name }) => name === seat)
}

/** First digits of the codes of all divisions that an office may be that of. */
function codesOfOffice(office: string): readonly string[] {
  const [, seat = '', branch] = officeOf.exec(office) ?? []
  const city = cityOf(seat)
  if (branch)
    return districtsOfSeat(seat)
      .filter(({ name }) => namesOfBranch(name).includes(branch))
      .map(({ code }) => code)
  if (city) return [city.code.slice(0, 4)]
  const { codes } = beginningOf(seat)
  // 新县: two characters say too little at the begin of an address.
  return codes.length > 0 ? codes : districts.filter(({ name }) => name === seat).map(({ code }) => code)
}

/** The districts that a seat has offices in, in full and as offices are named: 浦东新区, 浦东新, 浦东. */
const branchesOf = (seat: string): string[] => districtsOfSeat(seat).flatMap(({ name }) => namesOfBranch(name))

/** What is mended becomes a name of today. */
const branchesToday = (seat: string): string[] =>
  districtsOfSeat(seat)
    .filter(isOfToday)
    .flatMap(({ name }) => namesOfBranch(name))

function districtsOfSeat(seat: string): readonly Division[] {
  const province = provinces.find(({ name }) => name === seat)
  const city = cityOf(seat)
  return city ? (districtsOf.get(city.code) ?? []) : province ? districtsOfProvince(province) : []
}

const namesOfBranch = (name: string): string[] => [name, name.slice(0, -1), ...(name.endsWith('新区') ? [name.slice(0, -2)] : [])]

/**
 * The name of a police office one character from exactly one that exists: 漳州市公安局梦城分局, and 漳州市公安局城分局 whose rare
 * character was passed over, are 漳州市公安局芗城分局. Null when there is nothing to mend.
 */
export function mendPoliceOffice(text: string): string | null {
  if (isPoliceOffice(text)) return null
  // 广厦门市公安局海沧分局: a stroke of the card's ground before it was read as a character.
  const behind = text.slice(1)
  if (isPoliceOffice(behind)) return behind
  const parts = officeOf.exec(text)
  if (!parts) return mendBranch(text)
  const [, seat = '', branch, kind = ''] = parts
  if (!branch) {
    const near = nearest(
      seat,
      districts.filter((one) => isOfToday(one) && one.name.length > 2).map(({ name }) => name),
    )
    return near && `${near}公安局`
  }
  // 厦市公安局翔安分局: of the seat a character was passed over.
  const whole =
    lengthOfRegion(seat) === seat.length
      ? seat
      : (nearest(
          seat,
          prefectures.filter(isOfToday).map(({ name }) => name),
        ) ?? seat)
  const near = branchesOf(whole).includes(branch) ? branch : nearest(branch, branchesToday(whole))
  return near && `${whole}公安局${near}${kind}`
}

/** 厦门市公安湖里分局, 温州市公安岗鹿城分局: 局 between the seat and a district was lost or misread, and one character of the district may be. */
function mendBranch(text: string): string | null {
  const [, seat, rest] = /^(.{2,12}?)公安(.{1,8})分局$/u.exec(text) ?? []
  if (seat === undefined || lengthOfRegion(seat) !== seat.length) return null
  const branches = branchesOf(seat)
  const own = [rest!, rest!.slice(1)].find((name) => branches.includes(name))
  const near = own ?? nearest(rest!, branchesToday(seat))
  return near && `${seat}公安局${near}分局`
}

/** The one name that differs from what was read in one character or has one more. */
function nearest(read: string, names: readonly string[]): string | null {
  const near = new Set(names.filter((name) => name.length >= 2 && (isOneOff(read, name) || isOneShort(read, name))))
  return near.size === 1 ? [...near][0]! : null
}

const isOneOff = (read: string, name: string): boolean =>
  read.length === name.length && Array.from(name).filter((character, at) => character !== read[at]).length === 1

const isOneShort = (read: string, name: string): boolean =>
  read.length === name.length - 1 && Array.from(name).some((_, at) => name.slice(0, at) + name.slice(at + 1) === read)

/**
 * An address whose district is none of its prefecture's, but one character from exactly one of them: 都阳县 in 江西省上饶市 is
 * 鄱阳县, 城区 in 福建省漳州市 is 芗城区. Null when there is nothing to mend.
 */
export function mendDistrict(text: string): string | null {
  const { province, from } = provinceOf(text)
  const city = prefectureAt(text, from, province)
  if (!city) return null
  const start = from + city.name.length
  const within = districtsOf.get(city.code) ?? []
  if (within.some(({ name }) => text.startsWith(name, start))) return null
  const ofLength = (change: number) =>
    within.filter(isOfToday).filter(({ name }) => {
      const read = text.slice(start, start + name.length + change)
      return name.length > 2 && (change === 0 ? isOneOff(read, name) : isOneShort(read, name))
    })
  // As many characters first: a rare one is misread more often than passed over.
  const change = ofLength(0).length > 0 ? 0 : -1
  const near = ofLength(change)
  return near.length === 1 ? text.slice(0, start) + near[0]!.name + text.slice(start + near[0]!.name.length + change) : null
}
