/** Judges the papers of one application by the guide: findings, and the decision that follows from them. */
import type { Decision, Finding } from '../../flow.ts'
import { openCase, type Rule } from './case.ts'
import { judgeEnterprise } from './judge-enterprise.ts'
import { judgeFields } from './judge-fields.ts'
import { judgePapers } from './judge-papers.ts'
import { judgePayment } from './judge-payment.ts'
import { judgePeople } from './judge-people.ts'
import { judgeSeals } from './judge-seals.ts'
import { judgeService } from './judge-service.ts'
import type { JudgeContext, JudgedPapers, Judgement } from './papers.ts'

const rules: readonly Rule[] = [judgeService, judgePapers, judgeSeals, judgeFields, judgeEnterprise, judgePeople, judgePayment]

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
