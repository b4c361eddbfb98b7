/** Judges the papers of one application by the guide: findings, and the decision that follows from them. */
import type { Decision, Finding } from '../../flow.ts'
import { openCase, type Rule } from './case.ts'
import { judgePapers } from './judge-papers.ts'
import type { JudgeContext, JudgedPapers, Judgement } from './papers.ts'

const rules: readonly Rule[] = [judgePapers]

/** Pure: the same papers on the same day are judged the same. */
export function judge(papers: JudgedPapers, context: JudgeContext): Judgement {
  const opened = openCase(papers, context)
  const findings = rules.flatMap((rule) => rule(opened))
  return { findings, decision: decide(findings) }
}

/** `correct` outweighs `look`; notes decide nothing. */
export function decide(findings: readonly Finding[]): Decision {
  if (findings.some(({ severity }) => severity === 'correct')) return 'correct'
  return findings.some(({ severity }) => severity === 'look') ? 'look' : 'ready'
}
