/** Fields of a card form that other offices print as a choice among words (学历 □大专 □本科 □硕士): which of the words is ticked. */
import type { PageTools, Rectangle } from '../page.ts'
import type { Span } from './cut-spans.ts'
import type { PaperInHand } from './read-fields.ts'
import { readOptions, type Option } from './read-ticks.ts'
import { join, right } from './text/geometry.ts'
import { textOf, type Line } from './text/letters.ts'
import { openTable, type Table } from './text/table.ts'
import { dictionaryOf } from './values/texts.ts'
import type { ReadValue } from './values/value.ts'

/** 其他 and the like are no value, but their boxes are a part of the row. */
const others = ['其他', '其它', '其他证件', '以上', '及以上', '及以下']

/** Each field of a list is read from its ticks where two of the list's words or more stand in its place. */
export function readChoices(paper: PaperInHand): void {
  const table = openTable(paper.content.cells)
  for (const prefix of ['legal.', 'operator.'])
    for (const field of ['sex', 'education', 'idType']) {
      const name = prefix + field
      const words = field === 'sex' ? new Set(['男', '女']) : dictionaryOf(name)!
      const known = paper.values.get(name)
      const rows = paper.hits
        .filter((hit) => hit.field === name)
        .map((hit) =>
          (paper.claims.byHit.get(hit) ?? []).map((span) => ({
            span,
            options: optionsIn(field === 'sex' ? span : toEndOfCell(span, table), words),
          })),
        )
      const row = rows.find((spans) => new Set(spans.flatMap(({ options }) => options.map(({ value }) => value))).size > 1)
      if (!row || !row.every(({ span, options }) => arePrintedApart(span, options))) continue
      // Of a row of which words are struck out it is not told which of those that are left is meant.
      const isWhole = row.every(({ span: { letters, start, end } }) => letters.length === end - start)
      const value = isWhole
        ? chosenValue(
            row.flatMap(({ options }) => options),
            paper,
          )
        : null
      // All the words of the row are no value.
      if (value && (value.value !== null || value.evidence.length > 0)) paper.values.set(name, value)
      else if (known && known.value !== null) paper.values.set(name, { ...known, value: null, evidence: [], wellFormed: false })
    }
}

/** In characters; so many words are a list however near they stand. */
const [apart, surelyList] = [0.4, 3]

/** 本科（学士） is one value. */
function arePrintedApart({ letters }: Span, options: readonly Option<string>[]): boolean {
  if (options.length >= surelyList) return true
  return options.slice(1).every((after, at) => {
    const before = options[at]!
    const between = letters.filter(({ left, right: end }) => left >= right(before.box) - 1 && end <= after.box.x + 1)
    return after.box.x - right(before.box) > apart * after.em && !/^[(（]$/u.test(textOf(between))
  })
}

/** The strokes that part all words of a row (男 / 女) are no ticks. */
function withoutParting(tools: PageTools, options: readonly Option<string>[], lines: readonly Line[]): PageTools {
  const pairs = options
    .slice(1)
    .map((after, at) => [options[at]!, after] as const)
    .filter(([before, after]) => before.stretch.line === after.stretch.line)
  const between = pairs.map(([before, after]) => lines[before.stretch.line]!.letters.slice(before.stretch.end, after.stretch.start))
  if (!between.every((letters) => letters.length === 1 && /[/|\\]/u.test(letters[0]!.character))) return tools
  const isBetween = (stroke: Rectangle): boolean =>
    pairs.some(([before, after]) => stroke.x > right(before.box) - 0.3 * before.em && right(stroke) < after.box.x + 0.3 * after.em)
  return { ...tools, strokesIn: (box, how) => tools.strokesIn(box, how).filter((stroke) => !isBetween(stroke)) }
}

/** With what follows it in its cell, or on its line: two words of a list may look like a label (身份证 港澳…, 身份证号). */
function toEndOfCell(span: Span, table: Table): Span {
  if (span.letters.length !== span.end - span.start) return span
  const edge = right(table.cells[table.cellOf(span.box) ?? -1]?.box ?? span.line.box)
  const after = span.line.letters.slice(span.end)
  const behind = after.findIndex((letter) => (letter.left + letter.right) / 2 > edge)
  const letters = [...span.letters, ...(behind < 0 ? after : after.slice(0, behind))]
  return { ...span, letters, text: textOf(letters), end: span.start + letters.length }
}

/** The words of the list that stand there, longer ones first: 大学本科 is one. */
function optionsIn({ line, start, text, letters, em }: Span, words: ReadonlySet<string>): Option<string>[] {
  const wanted = [...words, ...others].toSorted((one, other) => other.length - one.length)
  const found: Option<string>[] = []
  for (let at = 0; at < text.length;) {
    // 身份证号码 is a label.
    const word = wanted.find((one) => text.startsWith(one, at) && text[at + one.length] !== '号')
    if (word) {
      const [first, last] = [letters[at]!, letters[at + word.length - 1]!]
      const box = { ...line.box, x: first.left, width: Math.max(1, last.right - first.left) }
      found.push({ value: word, box, em, stretch: { line: line.index, start: start + at, end: start + at + word.length } })
    }
    at += word?.length ?? 1
  }
  return found
}

/** Several ticks, or none, leave it to a person; that none is ticked is told where every box is there and empty. */
function chosenValue(options: readonly Option<string>[], { content, lines, tools }: PaperInHand): ReadValue {
  const ticks = readOptions(options, content, lines, withoutParting(tools, options, lines))
  const [value, second] = ticks.values
  // A stroke through a single letter is not seen.
  const isLong = options.every((option) => option.value.length > 1)
  const isOne = value !== undefined && second === undefined && !others.includes(value)
  return {
    value: isOne ? value : null,
    confidence: ticks.confidence,
    least: ticks.confidence,
    source: ticks.source,
    box: ticks.box ?? join(options.map(({ box }): Rectangle => box)),
    evidence: ticks.isEmpty && isLong ? ['empty', 'no-ink'] : isOne && ticks.clear ? ['dictionary', 'clear-ticks'] : [],
    wellFormed: isOne && ticks.clear,
  }
}
