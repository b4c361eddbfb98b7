/**
 * An identity number of which a seal hides most figures, told by what stands beside it: most people's numbers were given out in the
 * district of their address. District, day of birth and check digit leave one number in some hundred (GB 11643).
 */
import { isValidIdNumber } from '../../../guide/identifiers/id-number.ts'
import { districtsOfAddress } from './regions.ts'

/** So many figures must have been read, the last of the number among them. */
const fewest = 6

/**
 * The one number of the district of `address`, of the day and the sex, that has the figures that were read in their order and ends
 * as they do; null where there is none, or two.
 */
export function numberAtHome(figures: string, address: string, birthDate: string, sex: string | null): string | null {
  if (figures.length < fewest) return null
  const birth = birthDate.replaceAll('-', '')
  const found = new Set<string>()
  for (const district of districtsOfAddress(address))
    for (let order = 0; order < 1000; order++) {
      if (sex !== null && (order % 2 === 1) !== (sex === '男')) continue
      const number = `${district}${birth}${String(order).padStart(3, '0')}${figures.at(-1)!}`
      if (isValidIdNumber(number) && hasInOrder(number, figures)) found.add(number)
    }
  return found.size === 1 ? [...found][0]! : null
}

/** The same number with the district of the address, where another was made out and the check digit holds with either. */
export function atHome(number: string, address: string): string {
  const districts = districtsOfAddress(address)
  if (districts.length === 0 || districts.includes(number.slice(0, 6))) return number
  const own = districts.map((district) => district + number.slice(6)).filter((one) => isValidIdNumber(one))
  return own.length === 1 ? own[0]! : number
}

function hasInOrder(number: string, figures: string): boolean {
  let at = 0
  for (const figure of number) if (figure === figures[at]) at += 1
  return at === figures.length
}
