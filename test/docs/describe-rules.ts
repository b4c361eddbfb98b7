/** `docs/rules.md`: every rule with its section of the guide and what it tells in its cases. */
import { assemble } from '../../src/application/assemble/assemble.ts'
import { openCase } from '../../src/application/judge/case.ts'
import { rules, type ListedRule } from '../../src/application/judge/rules.ts'
import type { Finding, Severity } from '../../src/flow.ts'
import { ruleCases } from '../application/judge/rule-cases.ts'

const severityWords: Record<Severity, string> = { correct: 'correct 需补正', look: 'look 需查看', note: 'note 提示' }

/** What one rule alone finds in each of its cases. */
export function findingsOf(rule: ListedRule): Finding[][] {
  return (ruleCases[rule.name] ?? []).map(({ documents, context }) => {
    const [papers] = assemble(documents)
    if (!papers) return []
    return rule.run(openCase(papers, { today: '2026-11-20', unreadFiles: 0, usedOrders: [], ...context }))
  })
}

export function describeRules(): string {
  const rows = rules.flatMap((rule) => {
    const told = new Map(
      findingsOf(rule)
        .flat()
        .map((finding) => [finding.message, finding]),
    )
    return [...told.values()].map(({ code, severity, message }, index) =>
      index === 0
        ? `| ${rule.title} | ${rule.section} | \`${code}\` | ${severityWords[severity]} | ${message} |`
        : `| | | \`${code}\` | ${severityWords[severity]} | ${message} |`,
    )
  })
  return `# Rules

Made by \`npm run docs\` from \`src/application/judge/rules.ts\` and the cases of its tests; do not edit.

Each rule is one small pure function. \`correct\` goes back to the applicant, \`look\` needs the clerk, a \`note\` stays a note; the
same rule accuses only where everything was read plainly ([0008](decisions/0008-only-plain-readings-accuse.md)), else it is a
\`look\`. The sentences are those told in the test cases, about invented papers.

| what is looked for | guide | code | severity | what is told, for example |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
