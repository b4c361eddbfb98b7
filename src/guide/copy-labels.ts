/** Whose copy of an identity card it is, as its own paper or its file says: 持卡人身份证复印件, 操作员兼经办人身份证.jpg. */
import type { Party } from './services.ts'

const words: Record<Party, string> = { legal: '法定代表人|法人', operator: '操作员', holder: '持卡人', handler: '经办人' }
const anybody = Object.values(words).join('|')

/** Both roles of one person, not two persons' copies. */
const one = /兼|即/u

/** A line above or below a copy that says whose it is; other notes that speak of a role (仅用于办理操作员卡) end otherwise. */
const caption = new RegExp(
  `^[\\W\\d_一二三四五]{0,4}(?:企业)?(?:${anybody})(?:代表)?(?:[（(]?(?:兼|即|和|与|及|暨|[、/,，])(?:${anybody})[）)]?)*(?:的)?(?:居民)?(?:有效)?(?:身份证件?|证件)` +
    `(?:原件|复印件|影印件|扫描件|正反面|[正反]面|人像面|国徽面|[（()）、/及:：])*$`,
  'u',
)

export const isCopyCaption = (line: string): boolean => caption.test(line.replaceAll(/\s/gu, ''))

/** Whether a label says that the copy is this party's: one that names two parties is of one person only where it says so (兼, 即). */
export function labelsAs(party: Party, label: string): boolean {
  const others = Object.entries(words).some(([other, names]) => other !== party && new RegExp(names, 'u').test(label))
  return new RegExp(words[party], 'u').test(label) && (!others || one.test(label))
}
