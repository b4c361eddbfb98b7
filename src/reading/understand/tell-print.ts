/** Whether a form was filled in by print or by a hand. */
import type { DocumentKind } from '../../guide/papers.ts'
import type { PaperInHand } from './read-fields.ts'
import { middleX, bottom } from './text/geometry.ts'
import type { ReadValue } from './values/value.ts'

/** The papers that people fill in; the others are printed throughout. */
const written = new Set<DocumentKind>(['registration-form', 'card-form', 'change-request', 'cancellation-request', 'authorization-letter'])

/** How sure half of the values are, and three quarters of them. */
const plain = { half: 0.9965, quarter: 0.98 }
const dim = { half: 0.985, quarter: 0.97 }
const even = { half: 0.985, quarter: 0.955 }
/** Values that are doubted more than the labels around them by more than this were not printed with them. */
const asDoubtful = 1.5
/** Numbers of fewer figures show no hand. */
const fewest = 6
/**
 * Printed figures differ less in height and stand less off their line, in heights of a figure; and they stand as far from one another
 * throughout: of written papers of other programs a quarter of the steps differ by 0.09 and more where the heights are alike.
 */
const ofPrint = { height: 0.01, place: 0.02 }
const inStep = { height: 0.01, place: 0.05, step: 0.08 }
/** A longer step is room for what is no figure. */
const longest = 1.5

/**
 * A hand writes the same unclear character each time, and it is misread the same way each time. Half of all printed values are
 * read with hardly any doubt, of written ones less than half; on a dim photograph print is read with more doubt, but then the
 * labels are too. Figures that are of one height and stand on one line are printed, however they are read.
 */
export function isPrint(paper: PaperInHand): boolean {
  if (!written.has(paper.form.kind)) return true
  const values = [...paper.values.values()].filter(
    (value) => value.source === 'ocr' && (value.parts?.length ?? 0) > 0 && value.value !== null,
  )
  if (values.length < 3) return false
  const [half, quarter] = surenessOf(values)
  const isSureAs = (wanted: typeof plain): boolean => half >= wanted.half && quarter >= wanted.quarter
  if (isSureAs(plain)) return true
  const figures = unevennessOf(paper, values)
  if (figures && figures.height < inStep.height && figures.place < inStep.place && figures.step < inStep.step) return true
  if (!isSureAs(even)) return false
  if (figures && figures.height < ofPrint.height && figures.place < ofPrint.place) return true
  if (!isSureAs(dim)) return false
  const filled = new Set(values.flatMap(({ parts }) => parts!.map(({ text }) => text)))
  const labels = paper.lines.filter(({ text }) => /\p{Script=Han}{2}/u.test(text) && ![...filled].some((own) => text.includes(own)))
  const [halfOfLabels, quarterOfLabels] = surenessOf(labels)
  return 1 - half <= asDoubtful * (1 - halfOfLabels) && 1 - quarter <= asDoubtful * (1 - quarterOfLabels)
}

/** The confidence that half of them have at least, and that three quarters have. */
function surenessOf(read: readonly { readonly confidence: number }[]): readonly [half: number, quarter: number] {
  const sureness = read.map(({ confidence }) => confidence).toSorted((one, other) => one - other)
  return [middleOf(sureness), sureness[sureness.length >> 2] ?? 1]
}

/** How far the figures of numbers differ in height, in their steps and from their line, in heights of a figure; undefined without numbers. */
function unevennessOf({ tools }: PaperInHand, values: readonly ReadValue[]): Record<'height' | 'place' | 'step', number> | undefined {
  const numbers = values.flatMap(({ parts }) => parts!).filter(({ text }) => /^[^\p{Script=Han}]*$/u.test(text) && count(text) >= fewest)
  const seen = numbers.flatMap(({ box }) => {
    const em = box.height / 1.25
    const figures = tools
      .strokesIn(box, { withoutSeals: true })
      .filter(({ width, height }) => height > 0.35 * em && height < 1.15 * em && width < 0.8 * em)
      .toSorted((one, other) => one.x - other.x)
    if (figures.length < fewest) return []
    const height = median(figures.map((figure) => figure.height))
    const steps = figures.slice(1).map((figure, at) => middleX(figure) - middleX(figures[at]!))
    const step = median(steps)
    return [
      {
        heights: figures.map((figure) => Math.abs(figure.height - height) / height),
        places: distancesFromLine(figures.map((figure) => [middleX(figure), bottom(figure)])).map((off) => off / height),
        steps: steps.filter((one) => one < longest * step).map((one) => Math.abs(one - step) / height),
      },
    ]
  })
  if (seen.length === 0) return undefined
  const steps = seen.flatMap((one) => one.steps).toSorted((one, other) => one - other)
  return {
    height: median(seen.flatMap(({ heights }) => heights)),
    place: median(seen.flatMap(({ places }) => places)),
    step: steps[(3 * steps.length) >> 2] ?? 1,
  }
}

const count = (text: string): number => text.match(/\d/gu)?.length ?? 0

/** How far points are above or below the line through them. */
function distancesFromLine(points: readonly (readonly [x: number, y: number])[]): number[] {
  const x = points.reduce((sum, point) => sum + point[0], 0) / points.length
  const y = points.reduce((sum, point) => sum + point[1], 0) / points.length
  const across = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
  const slope = across === 0 ? 0 : points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / across
  return points.map((point) => Math.abs(point[1] - y - slope * (point[0] - x)))
}

const median = (values: readonly number[]): number => middleOf(values.toSorted((one, other) => one - other))
const middleOf = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? 1
