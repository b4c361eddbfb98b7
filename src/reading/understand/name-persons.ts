/**
 * A form may give a person a part of its own, headed 经办人 at the side or above, whose labels say no more than 姓名, 电话 and 地址:
 * the heading tells whose they are, and is no label of a value itself.
 */
import type { Cell, Rectangle } from '../page.ts'
import type { FindText, Hit } from './find-labels.ts'
import type { FormDefinition, LabelDefinition, PersonPart } from './forms/form.ts'
import { bottom, middleY, right, rowOverlap } from './text/geometry.ts'
import type { Line } from './text/letters.ts'
import { openTable } from './text/table.ts'

const facts = {
  name: ['姓名'],
  phone: ['联系电话', '电话', '手机号码', '手机', '手机号', '联系方式', '联系手机'],
  address: ['地址', '详细地址', '联系地址', '通讯地址', '收件地址', '邮寄地址'],
} as const
type Fact = keyof typeof facts
const factNames = Object.keys(facts) as Fact[]

interface Found extends Hit {
  readonly fact: Fact
}

/** In heights of the label: how far from the middle of its heading it stands, where no cell tells, and how far below a heading above it. */
const [beside, below] = [3.5, 9]

export interface PersonLabels {
  readonly labels: readonly (Hit & { readonly label: LabelDefinition })[]
  /** The headings, with the labels that say nothing by themselves. */
  readonly others: readonly Hit[]
}

/** The labels of such parts, each with its field; none where no heading has a 姓名 of its own. */
export function findPersonLabels(form: FormDefinition, find: FindText, lines: readonly Line[], cells: readonly Cell[]): PersonLabels {
  const isLabel = (hit: Hit): boolean => hit.standing >= 0.8 && hit.cost < 0.5
  const names = form.persons ? find('姓名').filter((hit) => isLabel(hit) && isAlone(hit, lines)) : []
  if (!form.persons || names.length === 0) return { labels: [], others: [] }
  const heads = form.persons.flatMap((part) =>
    part.heads.flatMap((text) =>
      find(text)
        .filter(isLabel)
        .map((hit) => ({ hit, part })),
    ),
  )
  const found = factNames.flatMap((fact) =>
    facts[fact].flatMap((text) =>
      find(text)
        .filter(isLabel)
        .map((hit): Found => ({ ...hit, fact })),
    ),
  )
  const table = openTable(cells)
  const headOf = (one: Hit): (typeof heads)[number] | undefined =>
    heads
      .filter(({ hit }) => isHeadOf(hit, one, table.cells[table.cellOf(hit.box) ?? -1]?.box))
      .toSorted((first, other) => distance(first.hit, one) - distance(other.hit, one) || other.hit.text.length - first.hit.text.length)[0]
  const named = found.flatMap((hit) => {
    const head = headOf(hit)
    return head ? [{ hit, part: head.part, head: head.hit }] : []
  })
  const owners = new Set(named.filter((one) => one.hit.fact === 'name').map(({ head }) => head))
  // 收件地址 below 法定代表人 is no address of that one's.
  const isOthers = ({ hit, part }: (typeof named)[number]): boolean => /^(?:收件|邮寄)/u.test(hit.text) && !fieldOf(part, hit.fact)
  const own = named.filter((one) => owners.has(one.head) && !isOthers(one))
  const labels = own.map(({ hit, part }) => {
    const field = fieldOf(part, hit.fact)
    return { ...hit, label: { texts: [hit.text], fields: field ? [field] : [] } }
  })
  return { labels, others: [...owners, ...names] }
}

const fieldOf = (part: PersonPart, fact: Fact): string | undefined => part[fact]

/** Not the end of 法人姓名. */
function isAlone({ stretches }: Hit, lines: readonly Line[]): boolean {
  const { line, start } = stretches[0]!
  return !/\p{Script=Han}$/u.test(lines[line]!.text.slice(0, start))
}

const distance = (head: Hit, { box }: Hit): number => Math.abs(middleY(head.box) - middleY(box))

function isHeadOf(head: Hit, { box }: Hit, cell: Rectangle | undefined): boolean {
  const isRight = box.x >= right(head.box)
  // The last row beside a heading that stands in the middle of its cell is below it too.
  if (cell && isRight && box.x > right(cell) - 0.3 * box.height && rowOverlap(cell, box) > 0.5) return true
  if (
    head.stretches.length === 1 &&
    bottom(head.box) <= box.y &&
    box.y - bottom(head.box) < below * box.height &&
    head.box.x <= box.x + box.height
  )
    return cell === undefined || bottom(cell) <= middleY(box)
  const isBeyond = cell !== undefined && box.x > right(cell) - 0.3 * box.height
  return isRight && !isBeyond && Math.abs(middleY(head.box) - middleY(box)) < beside * box.height
}
