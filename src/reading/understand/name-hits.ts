/** Which field each label on the page names: overlapping words settled, blocks of free text kept whole, shared labels told apart. */
import type { FormDefinition, LabelDefinition } from './forms/form.ts'
import { boxOf, type FindText, type Hit, type Stretch } from './find-labels.ts'
import { isForm } from './find-open-sheet.ts'
import { findPersonLabels } from './name-persons.ts'
import type { Cell, Rectangle } from '../page.ts'
import { bottom, columnOverlap, join, middleY, right, rowOverlap } from './text/geometry.ts'
import { hintsIn } from './text/hints.ts'
import type { Line } from './text/letters.ts'
import { openTable, type Table } from './text/table.ts'

/** A label that stands on the page, with the one field that it names (or none). */
export interface NamedHit extends Hit {
  readonly label: LabelDefinition
  readonly field: string | null
  /** Its value stands in this column, from `x` up to `end`, and not right beside it. */
  readonly column?: { readonly x: number; readonly end: number }
  /** Or in this cell, in the row of its person below a head of labels. */
  readonly room?: Rectangle
}

interface LabelHit extends Hit {
  readonly label: LabelDefinition
}

/** Behind the words of a label it is the heading of a part of the sheet: 邮寄地址信息. */
const heading = /^(?:信息|资料)/u

/** Every label of the form on the page, each letter belonging to at most one. */
export function nameHits(
  form: FormDefinition,
  lines: readonly Line[],
  find: FindText,
  isProse: (line: number) => boolean,
  cells: readonly Cell[],
): NamedHit[] {
  const printed: LabelHit[] = form.labels.flatMap((label) =>
    label.texts.flatMap((text) =>
      find(text)
        .filter(
          (hit) =>
            hit.standing >= 0.35 &&
            hit.stretches.every((stretch) => !isProse(stretch.line)) &&
            !isInHint(hit, lines) &&
            !isOfOptions(hit, lines),
        )
        .filter((hit) => !label.notBefore?.test(textAfter(hit, lines)) && !heading.test(textAfter(hit, lines)))
        .filter((hit) => form.kind !== 'business-licence' || !isInBrackets(hit, lines))
        .map((hit) => ({ ...hit, label })),
    ),
  )
  const persons = findPersonLabels(form, find, lines, cells)
  const replaced = [...persons.labels, ...persons.others]
  const isReplaced = (hit: Hit): boolean => replaced.some((other) => sharesLetters(hit, other) && other.text.length >= hit.text.length)
  const headings = persons.others.filter((hit) => !persons.labels.some((other) => sharesLetters(hit, other)))
  const all: LabelHit[] = [
    ...printed.filter((hit) => !isReplaced(hit)),
    ...persons.labels,
    ...headings.map((hit) => ({ ...hit, label: { texts: [hit.text], fields: [] } })),
  ]
  const table = openTable(cells)
  const torn = all.filter((hit) => isOfTwoRows(hit, all, lines, table))
  // Without its last row it is none either: 收件人 above 联系电 and 话.
  const isTorn = ({ stretches }: LabelHit): boolean => stretches.length > 1 && torn.some((whole) => beginsLike(whole.stretches, stretches))
  const whole = withRemarks(
    all.filter((hit) => !torn.includes(hit) && !isTorn(hit)),
    lines,
  )
  const settled = keepBlocksWhole(settleOverlaps(whole), lines)
  return withoutOffice(tellApart(form, withoutLetterhead(form, settled, lines, find), find))
}

/** Where an enterprise writes on paper of its own, the address and the telephones above the title of a form are printed there for all its letters. */
function withoutLetterhead(form: FormDefinition, hits: readonly LabelHit[], lines: readonly Line[], find: FindText): readonly LabelHit[] {
  if (!isForm(form.kind)) return hits
  const titles = form.titles.flatMap((text) => find(text)).filter((hit) => hit.text.length >= leastOfTitle && textAfter(hit, lines) === '')
  const top = Math.min(...titles.map(({ box }) => box.y))
  const isOfAll = ({ label, box }: LabelHit): boolean =>
    bottom(box) < top && label.fields.some((field) => /address|phone|fax/iu.test(field))
  return titles.length === 0 ? hits : hits.map((hit) => (isOfAll(hit) ? { ...hit, label: { texts: hit.label.texts, fields: [] } } : hit))
}
const leastOfTitle = 4

/** 受理人：李明 联系电话：0592-5653395: the places of the card office are nobody else's. */
function withoutOffice(hits: readonly NamedHit[]): NamedHit[] {
  const office = hits.filter(({ label }) => label.office)
  const isOffices = ({ box }: NamedHit): boolean =>
    office.some((one) => (rowOverlap(one.box, box) > 0.5 && one.box.x < box.x) || (one.text.startsWith('以下由') && one.box.y < box.y))
  return hits.map((hit) => (hit.field !== null && isOffices(hit) ? { ...hit, field: null } : hit))
}

const sharesLetters = (one: Hit, other: Hit): boolean =>
  one.stretches.some((a) => other.stretches.some((b) => a.line === b.line && a.start < b.end && b.start < a.end))

/** 经办人 above 联系电话 (or above 联系 and 电话) reads as one wrapped label; but each is one by itself, and each has its own value beside it, or a cell. */
function isOfTwoRows(hit: LabelHit, hits: readonly LabelHit[], lines: readonly Line[], table: Table): boolean {
  // 经办人：above 联系电话：with the colon of the first amid both.
  const isColon = ({ line, end }: Stretch): boolean => lines[line]!.letters[end - 1]?.character === ':'
  const isLabel = (all: readonly Stretch[]): boolean => {
    const stretches = all.map((stretch) => (isColon(stretch) ? { ...stretch, end: stretch.end - 1 } : stretch))
    return hits.some(
      (other) => other !== hit && other.cost < 0.5 && other.stretches.length === stretches.length && beginsLike(other.stretches, stretches),
    )
  }
  // Letters end where their line does, a little behind their ink, and a value may begin right there.
  const besideRow = (part: Rectangle, other: Rectangle): boolean =>
    lines.some(
      ({ box }) =>
        // Or its value stands before it, on sheets with their labels at the right.
        (box.x > right(part) - 0.4 * part.height || right(box) < part.x + 0.4 * part.height) &&
        rowOverlap(box, part) > 0.6 &&
        rowOverlap(box, other) < 0.4,
    )
  // Nothing may stand beside one of them; but in cells of their own they are two.
  const areApart = (part: Rectangle, other: Rectangle): boolean => {
    const [own, below] = [table.cellOf(part), table.cellOf(other)]
    return own !== null && below !== null && own !== below
  }
  return hit.parts.slice(1).some(({ y }, at) => {
    const [upper, lower] = [join(hit.parts.slice(0, at + 1)), join(hit.parts.slice(at + 1))]
    if (y < upper.y + 0.5 * upper.height || !isLabel(hit.stretches.slice(0, at + 1)) || !isLabel(hit.stretches.slice(at + 1))) return false
    return (besideRow(upper, lower) && besideRow(lower, upper)) || areApart(upper, lower)
  })
}

/** Words of a hint are none: 13800138000（手机）. */
const isInHint = ({ stretches }: Hit, lines: readonly Line[]): boolean =>
  stretches.every(({ line, start, end }) => hintsIn(lines[line]!.text).some((hint) => start >= hint.start && end <= hint.end))

/** 身份证○护照: the mark of the next option is no misread letter of 身份证号. */
const isOfOptions = ({ cost, stretches }: Hit, lines: readonly Line[]): boolean =>
  cost > 0 && stretches.some(({ line, start, end }) => marks.test(lines[line]!.text.slice(start, end)))
const marks = /[○◯◉●☑☒■√]/u

/** Each stretch of `begin` is one of `whole`, in its place. */
const beginsLike = (whole: readonly Stretch[], begin: readonly Stretch[]): boolean =>
  begin.every(({ line, start, end }, at) => line === whole[at]?.line && start === whole[at].start && end === whole[at].end)

/** What a label says in brackets of its value, before its colon or the end of its line. */
const remark = /^\((?=[^()]*\p{Script=Han})[^()]{1,40}\)(?=:|$)/u

/** 卡号（变更、注销时填写）：is a label as a whole; words within its brackets are no labels. */
function withRemarks(hits: readonly LabelHit[], lines: readonly Line[]): LabelHit[] {
  const remarks = new Set<string>()
  const whole = hits.map((hit): LabelHit => {
    const said = hit.label.fields.length > 0 ? (remark.exec(textAfter(hit, lines))?.[0].length ?? 0) : 0
    if (said === 0) return hit
    const last = hit.stretches.at(-1)!
    for (let at = last.end; at < last.end + said; at += 1) remarks.add(`${last.line}:${at}`)
    const stretches = [...hit.stretches.slice(0, -1), { ...last, end: last.end + said }]
    const parts = [...hit.parts.slice(0, -1), boxOf(lines[last.line]!, last.start, last.end + said)]
    return { ...hit, stretches, parts, box: join(parts) }
  })
  return whole.filter(({ stretches }) => !remarks.has(`${stretches[0]!.line}:${stretches[0]!.start}`))
}

/**
 * Words of an address: 1203室（该住所仅限作为商务秘书企业办公场所使用）, （经营场所：…). A bracket that begins a line is a mark of the paper,
 * and one that only closes behind the words was opened on the row above.
 */
function isInBrackets({ stretches }: Hit, lines: readonly Line[]): boolean {
  const { line, start } = stretches[0]!
  const last = stretches.at(-1)!
  const [before, behind] = [lines[line]!.text.slice(0, start), lines[last.line]!.text.slice(last.end)]
  return /.[（(][^）)]*$/u.test(before) || (start === 0 && /^(?:仅|只|不|为|作)[^（(:：]*[）)]/u.test(behind))
}

function textAfter(hit: Hit, lines: readonly Line[]): string {
  const last = hit.stretches.at(-1)!
  return lines[last.line]!.text.slice(last.end)
}

/** Longer and surer labels first; a letter once taken is not part of another label. */
function settleOverlaps(hits: readonly LabelHit[]): LabelHit[] {
  const worth = (hit: LabelHit): number => hit.text.length - 2 * hit.cost + (hit.standing >= 0.8 ? 1 : 0)
  const taken = new Set<string>()
  const kept: LabelHit[] = []
  for (const hit of hits.toSorted((one, other) => worth(other) - worth(one))) {
    const keys = hit.stretches.flatMap((stretch) =>
      Array.from({ length: stretch.end - stretch.start }, (_, at) => `${stretch.line}:${stretch.start + at}`),
    )
    if (keys.some((key) => taken.has(key))) continue
    for (const key of keys) taken.add(key)
    kept.push(hit)
  }
  return kept.toSorted((one, other) => middleY(one.box) - middleY(other.box) || one.box.x - other.box.x)
}

/** Inside free text, words that are also labels (变更内容: 联系电话由…) are part of it, as far as the label stands elsewhere too. */
function keepBlocksWhole(hits: readonly LabelHit[], lines: readonly Line[]): LabelHit[] {
  let kept = [...hits]
  for (const block of hits.filter((hit) => hit.label.block && hit.standing >= 0.6)) {
    if (!kept.includes(block)) continue
    const em = lines[block.stretches[0]!.line]!.em
    const end = kept.find(
      (hit) =>
        hit !== block && hit.label.end && hit.standing >= 0.7 && hit.box.y > block.box.y + 0.3 * em && rowOverlap(hit.box, block.box) < 0.5,
    )
    const until = end ? end.box.y + 0.2 * em : Infinity
    // A label half way down its cell has text above it, as far as the label above ends.
    const above = kept.filter((hit) => hit.box.y < block.box.y)
    const inColumn = above.filter((hit) => columnOverlap(hit.box, block.box) > 0.5)
    // Of a label written downwards none stands in its column: what begins a line is above, where words of a sentence do not.
    const bounds = inColumn.length > 0 ? inColumn : above.filter((hit) => hit.stretches[0]!.start === 0)
    const from = Math.max(...bounds.map(({ box }) => bottom(box)))
    kept = kept.filter((hit) => {
      if (hit === block || hit === end || middleY(hit.box) > until) return true
      const sameRow = rowOverlap(hit.box, block.box) > 0.5
      if (!sameRow && hit.box.y < block.box.y) {
        const isBeside = Number.isFinite(from) && hit.box.y > from + 0.3 * em && hit.box.x > right(block.box)
        return !isBeside || !kept.some((other) => other !== hit && other.label === hit.label && middleY(other.box) < from + 0.3 * em)
      }
      if (sameRow && right(hit.box) <= block.box.x) return true
      if (isOfNextColumn(hit, block, lines)) return true
      if (hit.label.end) return hit.standing >= 0.8
      const elsewhere = kept.some(
        (other) => other !== hit && other.label === hit.label && (middleY(other.box) < block.box.y || middleY(other.box) > until),
      )
      return !elsewhere && hit.standing >= 0.95 && hit.cost < 0.5
    })
  }
  return kept
}

/** A label that begins a line of its own, right of a line of the free text: 住所 beside 经营范围 on a licence that lies. */
function isOfNextColumn(hit: LabelHit, block: LabelHit, lines: readonly Line[]): boolean {
  const first = hit.stretches[0]!
  if (first.start > 0 || hit.cost >= 0.5 || hit.standing < 0.8) return false
  const { em } = lines[first.line]!
  return lines.some(
    ({ box, letters }) =>
      letters.length > 3 &&
      rowOverlap(box, hit.box) > 0.5 &&
      box.x > block.box.x - em &&
      right(box) > right(block.box) + 2 * em &&
      right(box) < hit.box.x - em,
  )
}

function tellApart(form: FormDefinition, hits: readonly LabelHit[], find: FindText): NamedHit[] {
  const named = hits.map((hit): NamedHit => ({ ...hit, field: hit.label.fields.length === 1 ? hit.label.fields[0]! : null }))
  const sections = form.sections ? placeSections(form, hits, find) : null
  const told = named.map((hit): NamedHit => {
    if (hit.label.fields.length < 2) return hit
    if (sections) return { ...hit, field: sections(hit) }
    return { ...hit, field: byForerunner(hit, form, named) }
  })
  return sections ? told : told.map((hit) => ({ ...hit, field: ofAnother(hit, told) ?? hit.field }))
}

/** In heights of the label: further below another label of the same field it is not that field's. */
const farBelow = 6

/** A second 联系电话 far below that of the handler is the recipient's, whose own label was not read. */
function ofAnother(hit: NamedHit, hits: readonly NamedHit[]): string | undefined {
  if (hit.label.fields.length < 2) return undefined
  const isFarAbove = (other: NamedHit): boolean =>
    other.field === hit.field && other.label === hit.label && hit.box.y - bottom(other.box) > farBelow * hit.box.height
  if (!hits.some(isFarAbove)) return undefined
  return hit.label.fields.find((field) => !hits.some((other) => other.field === field))
}

/** 联系电话 beside 经办人 is the handler's, beside 收件人 the recipient's: the nearest label before it decides. */
function byForerunner(hit: NamedHit, form: FormDefinition, named: readonly NamedHit[]): string {
  const em = hit.box.height
  let best: { field: string; distance: number } | null = null
  for (const field of hit.label.fields) {
    for (const forerunner of named) {
      if (!forerunner.field || !(form.after?.[field] ?? []).includes(forerunner.field)) continue
      const sameRow = rowOverlap(forerunner.box, hit.box) > 0.4
      if (sameRow ? forerunner.box.x > hit.box.x : forerunner.box.y > hit.box.y) continue
      const away = Math.abs(forerunner.box.x - hit.box.x) / em
      const distance = sameRow ? 0.05 * away : (hit.box.y - forerunner.box.y) / em + 0.1 * away
      if (!best || distance < best.distance) best = { field, distance }
    }
  }
  return best?.field ?? hit.label.fields[0]!
}

/** Where the heading of each section stands; words that both could be are of the one that they are more like. */
export function headingsOf(form: FormDefinition, find: FindText): { readonly prefix: string; readonly box: Rectangle | undefined }[] {
  const best = (form.sections ?? []).map(({ prefix, headings }) => {
    const hits = headings.flatMap((text) => find(text).filter((hit) => hit.standing >= 0.7))
    return { prefix, hit: hits.toSorted((one, other) => other.text.length - 2 * other.cost - (one.text.length - 2 * one.cost))[0] }
  })
  return best.map(({ prefix, hit }) => {
    const isOthers = best.some(
      (other) =>
        hit &&
        other.hit &&
        other.prefix !== prefix &&
        other.hit.cost < hit.cost &&
        rowOverlap(other.hit.box, hit.box) > 0.5 &&
        columnOverlap(other.hit.box, hit.box) > 0.5,
    )
    return { prefix, box: isOthers ? undefined : hit?.box }
  })
}

/** Which section a repeated label stands in: by the headings above or beside; without them the first one comes first. */
function placeSections(form: FormDefinition, hits: readonly LabelHit[], find: FindText): (hit: LabelHit) => string {
  const headings = headingsOf(form, find)
  const [first, second] = headings
  const repeats = (hit: LabelHit): LabelHit[] => hits.filter((other) => other.label === hit.label)
  const twice = hits.filter((hit) => hit.label.fields.length > 1 && repeats(hit).length === 2)
  // Every label that stands twice votes for the way the sections lie: one above the other, or side by side.
  let beside = 0
  for (const hit of twice) {
    const [one, other] = repeats(hit)
    beside += rowOverlap(one!.box, other!.box) > 0.5 || isFarAside(one!.box, other!.box) ? 1 : -1
  }
  const middle = (box: Rectangle): number => (beside > 0 ? box.x + box.width / 2 : middleY(box))
  const swapped = first?.box && second?.box ? middle(first.box) > middle(second.box) : false
  const order = swapped ? [second!.prefix, first!.prefix] : [first!.prefix, second!.prefix]
  const last = swapped ? first?.box : second?.box
  // Half way down beside its rows a heading parts nothing: some of them stand higher than it.
  const isBesideRows =
    beside <= 0 && last !== undefined && hits.some(({ box }) => box.x > right(last) && bottom(box) > last.y && box.y < bottom(last))
  const later = first?.box && last && !isBesideRows ? middle(last) : null
  const border = sectionBorder(hits, repeats, middle, later, beside <= 0)
  return (hit) => {
    let at: number
    if (border !== null) at = middle(hit.box) < border ? 0 : 1
    else if (later !== null) at = middle(hit.box) < later ? 0 : 1
    else if (second?.box && !first?.box) return named(hit, second.prefix)
    else at = 0
    return named(hit, order[at]!)
  }
}

/** Rows of two tables side by side need not be of one height. */
const isFarAside = (one: Rectangle, other: Rectangle): boolean => Math.abs(one.x - other.x) > 3 * Math.abs(middleY(one) - middleY(other))

const named = (hit: LabelHit, prefix: string): string =>
  hit.label.fields.find((field) => field.startsWith(`${prefix}.`)) ?? hit.label.fields[0]!

/**
 * The line between two sections: just before the foremost label of those that stand twice comes for the second time. Where the later section's
 * `heading` stands between the two it is the line: labels that were found once (a seal lies over the other) may stand there too.
 */
function sectionBorder(
  hits: readonly LabelHit[],
  repeats: (hit: LabelHit) => LabelHit[],
  middle: (box: Rectangle) => number,
  heading: number | null,
  isStacked: boolean,
): number | null {
  const pairs = hits.flatMap((hit) => {
    const both = hit.label.fields.length < 2 ? [] : repeats(hit).map(({ box }) => middle(box))
    return both.length === 2 ? [[Math.min(...both), Math.max(...both)] as const] : []
  })
  // 联系电话 and the 手机 behind its number are both of one section.
  const parted = pairs.filter(([one, other]) => heading !== null && one < heading && other > heading)
  const told = parted.length > 0 ? parted : pairs
  if (told.length === 0) return null
  const start = Math.min(...told.map(([, other]) => other))
  const lastOfFirst = Math.max(...told.map(([one]) => one))
  if (lastOfFirst >= start) return start - 1
  if (heading !== null && heading > lastOfFirst && heading < start) return heading
  // The label that each section begins with: what stands between belongs to the first, whose last rows the second lost at the foot of the sheet.
  const [begin] = told.find(([, other]) => other === start)!
  const own = hits.filter(({ label, box }) => label.fields.length > 1 && middle(box) < start)
  const isFirst = own.every(({ box }) => middle(box) > begin - 0.5 * box.height)
  const [head] = hits.filter(({ box }) => middle(box) === start)
  return isStacked && isFirst ? start - 0.7 * head!.box.height : (start + lastOfFirst) / 2
}
