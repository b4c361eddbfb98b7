/** `docs/card-states.md`: the states of a card and the operations between them, drawn from the table. */
import { cardOperationNames, cardOperations, cardStatusTitles, type CardOperationRule, type CardStatus } from '../../src/guide/card-life.ts'

const ways = { job: '制卡工位', record: '窗口登记' } as const
const statuses = Object.keys(cardStatusTitles) as CardStatus[]
const titleOf = (status: CardStatus | 'none') => (status === 'none' ? '（未登记）' : cardStatusTitles[status])

export function describeCardStates(): string {
  const steps = cardOperationNames.flatMap((operation) => {
    const rule: CardOperationRule = cardOperations[operation]
    return (['none', ...statuses] as const).flatMap((from) => {
      const step = rule.steps[from]
      return step === undefined ? [] : [{ from, to: step === 'stays' ? from : step, operation, rule }]
    })
  })
  const arrows = steps
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, rule }) => `  ${from === 'none' ? '[*]' : from} --> ${to}: ${rule.title}`)
  const rows = cardOperationNames.map((operation) => {
    const { title, ways: by }: CardOperationRule = cardOperations[operation]
    const own = steps.filter((step) => step.operation === operation)
    const moves = own.map(({ from, to }) => (from === to ? `${titleOf(from)}（不变）` : `${titleOf(from)} → ${titleOf(to)}`)).join('；')
    return `| ${title} \`${operation}\` | ${by.map((way) => ways[way]).join('、')} | ${moves} |`
  })
  return `# States of a card

Made by \`npm run docs\` from \`src/guide/card-life.ts\`; do not edit. Every step is an entry of the hash-chained log. A step
that is not drawn is refused. 已过期 is never stored: a certificate holds until the end of the last day of its term, and the
clock tells at every look-up. A card lost, frozen or void stays that whatever its term.

\`\`\`mermaid
stateDiagram-v2
${statuses.map((status) => `  state "${cardStatusTitles[status]}" as ${status}`).join('\n')}
${arrows.join('\n')}
  valid --> expired: 证书有效期已过
\`\`\`

| operation | where | from and to |
| --- | --- | --- |
${rows.join('\n')}
`
}
