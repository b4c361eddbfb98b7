/** The forms are those of this branch, and the letter speaks to it (附件1 to 5): what another branch is told authorises nobody here. */
import type { Finding } from '../../flow.ts'
import { office } from '../../guide/office.ts'
import { found, titleOf, type Case } from './case.ts'

export function otherBranch({ documents }: Case): Finding[] {
  return documents.flatMap((document) => {
    const { branch } = document
    if (branch === undefined || office.branch.includes(branch)) return []
    // 厦门 misread by a letter is 江门.
    const clear = !Array.from(branch).some((letter) => office.branch.replace('分中心', '').includes(letter))
    const [is, ask] =
      document.kind === 'authorization-letter'
        ? [`是写给${branch}分中心的`, `写给${office.branch}，重新签署`]
        : [`是${branch}分中心的表格`, `用${office.branch}的表格重新填写`]
    const message = `${titleOf(document)}${is}，请${clear ? `改${ask}并加盖单位公章` : '对照原件核对'}。`
    return [found('other-branch', clear ? 'correct' : 'look', message, { document })]
  })
}
