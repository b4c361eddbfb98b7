/** Administrative divisions of China (GB/T 2260): codes and names down to the district, as evidence that an address or a number was read right. */
import areas from 'china-area-data/v5/data.json' with { type: 'json' }

interface Region {
  readonly code: string
  readonly name: string
}

const below = areas as Readonly<Record<string, Readonly<Record<string, string>>>>
const regionsBelow = (code: string): Region[] => Object.entries(below[code] ?? {}).map(([own, name]) => ({ code: own, name }))

const provinces = regionsBelow('86')
const prefectures = provinces.flatMap(({ code }) => regionsBelow(code))
/** Municipalities have a nameless level between (市辖区). */
const isNameless = (name: string): boolean => /^(市辖区|县|.*直辖县级行政区划|.*直辖县级行政单位)$/u.test(name)
const districtsOf = new Map(prefectures.map(({ code }) => [code, regionsBelow(code)]))
const districts = [...districtsOf.values()].flat()
const districtCodes = new Set(districts.map(({ code }) => code))

const districtsOfProvince = (province: Region): Region[] => districts.filter(({ code }) => code.startsWith(province.code.slice(0, 2)))

/** Whether six digits name a district that exists today; numbers keep the codes of districts that were merged since. */
export const isDistrictCode = (code: string): boolean => districtCodes.has(code)

/**
 * How many characters at the begin of an address (or of a police office's name) are a division down to a prefecture or a
 * district that lies in what stands before it: 9 of 福建省厦门市思明区嘉禾路1号; 0 when the text begins otherwise.
 */
export function lengthOfRegion(text: string): number {
  const province = provinces.find(({ name }) => text.startsWith(name))
  const afterProvince = text.slice(province?.name.length ?? 0)
  const cities = province ? prefectures.filter(({ code }) => code.startsWith(province.code.slice(0, 2))) : prefectures
  const city = cities.find(({ name }) => !isNameless(name) && afterProvince.startsWith(name))
  const afterCity = afterProvince.slice(city?.name.length ?? 0)
  const within = city
    ? (districtsOf.get(city.code) ?? [])
    : province
      ? districtsOfProvince(province)
      : districts.filter(({ name }) => name.length > 2)
  const district = within.find(({ name }) => afterCity.startsWith(name))
  if (!city && !district) return 0
  return text.length - afterCity.slice(district?.name.length ?? 0).length
}

/** Whether the name of a police office is made of divisions that exist: 厦门市公安局思明分局, 惠安县公安局. */
export function isPoliceOffice(text: string): boolean {
  const parts = /^(.{2,12}?)公安局(?:(.{2,8}?)(?:公安)?分局)?$/u.exec(text)
  if (!parts) return false
  const [, seat, branch] = parts
  const ofProvince = provinces.find(({ name }) => name === seat)
  if (!ofProvince && lengthOfRegion(seat!) !== seat!.length) return false
  if (!branch) return true
  const city = prefectures.find(({ name }) => seat!.endsWith(name))
  const own = city ? (districtsOf.get(city.code) ?? []) : ofProvince ? districtsOfProvince(ofProvince) : []
  return own.some(({ name }) => name === branch || name.slice(0, -1) === branch)
}

/**
 * An address whose district is none of its prefecture's, but one character from exactly one of them: 都阳县 in 江西省上饶市 is
 * 鄱阳县. Null when there is nothing to mend.
 */
export function mendDistrict(text: string): string | null {
  const province = provinces.find(({ name }) => text.startsWith(name))
  const from = province?.name.length ?? 0
  const cities = province ? prefectures.filter(({ code }) => code.startsWith(province.code.slice(0, 2))) : prefectures
  const city = cities.find(({ name }) => !isNameless(name) && text.startsWith(name, from))
  if (!city) return null
  const start = from + city.name.length
  const within = districtsOf.get(city.code) ?? []
  if (within.some(({ name }) => text.startsWith(name, start))) return null
  const near = within.filter(({ name }) => {
    const read = Array.from(text.slice(start, start + name.length))
    return name.length > 2 && read.length === name.length && Array.from(name).filter((character, at) => character !== read[at]).length === 1
  })
  return near.length === 1 ? text.slice(0, start) + near[0]!.name + text.slice(start + near[0]!.name.length) : null
}
