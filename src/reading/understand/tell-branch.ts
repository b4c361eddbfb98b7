/** Which branch (分中心) of the data centre a form is of by its title, or is addressed to (附件1 to 5 name it there). */
import { branchPlaces } from '../../guide/branches.ts'
import type { Line } from './text/letters.ts'

/** 中国电子口岸数据中心厦门分中心, 中国电子口岸厦门制卡分中心. */
const named = new RegExp(`(?:数据中心|电子口岸)(${branchPlaces.join('|')})(?:制卡)?分中心`, 'u')

/** The place in its name; undefined where no line names a branch that there is: what was misread is of none. */
export function tellBranch(lines: readonly Line[]): string | undefined {
  return lines.map(({ text }) => named.exec(text)?.[1]).find((place) => place !== undefined)
}
