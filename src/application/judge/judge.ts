/** Judges the papers of one application by the guide: findings, and the decision that follows from them. */
import type { Decision, Finding } from '../../flow.ts'
import { openCase } from './case.ts'
import type { JudgeContext, JudgedPapers, Judgement } from './papers.ts'
import { rules } from './rules.ts'

/** Pure: the same papers on the same day are judged the same. */
export function judge(papers: JudgedPapers, context: JudgeContext): Judgement {
  const opened = openCase(papers, context)
  const findings = withoutRepeats(rules.flatMap(({ run }) => run(opened)))
  return { findings, decision: decide(findings) }
}

/** That a value is hard to read goes without saying where more is said of it. */
const withoutRepeats = (findings: readonly Finding[]): Finding[] =>
  findings.filter(
    (finding) =>
      finding.code !== 'field-unreadable' ||
      !findings.some((other) => other.code !== finding.code && other.severity !== 'note' && isOfOneField(finding, other)),
  )

const isOfOneField = (one: Finding, other: Finding): boolean =>
  one.field !== null &&
  one.field === other.field &&
  one.document === other.document &&
  one.page?.file === other.page?.file &&
  one.page?.page === other.page?.page

/** `correct` outweighs `look`; notes decide nothing. */
export function decide(findings: readonly Finding[]): Decision {
  if (findings.some(({ severity }) => severity === 'correct')) return 'correct'
  return findings.some(({ severity }) => severity === 'look') ? 'look' : 'ready'
}
