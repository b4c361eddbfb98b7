import type { Cell, CheckBox, Raster, Rectangle } from '../page.ts'
import { findRounds } from './find-rounds.ts'
import { findSquares, type Square } from './find-squares.ts'
import { judgeMark } from './judge-mark.ts'
import { type InkMap, openInk } from './map-ink.ts'
import { joinDots } from './join-dots.ts'
import { along, density } from './measure-ink.ts'
import { isCharacter } from './tell-character.ts'

/** Sides of printed boxes in millimetres; on a picture whose sheet fills only part of the width they are up to a third smaller. */
const usual = { least: 2, most: 5.4 }
/** Those of faces whose box is hardly higher than a comma, or of small print: squares within letters are as large. */
const small = { least: 1.2, most: 2.3 }
/** In pixels of the map: the sides of what is smaller run into each other. */
const fewestPixels = { usual: 8, small: 7 }
const mostBoxes = 120

/** Thickness of the left and the upper side, in pixels: how far ink goes inwards on at least half of the side. */
const thickness = (map: InkMap, { x, y, side, height }: Square): number => {
  let steps = 0
  while (steps < side / 2 && along(map, x + steps, y + 2, Math.max(1, height - 4), true, 0) > 0.5) steps++
  let down = 0
  while (down < height / 2 && along(map, x + 2, y + down, Math.max(1, side - 4), false, 0) > 0.5) down++
  return Math.max(1, Math.min(steps, down))
}

/** How far the strokes of a slanting or blurred box may go on beyond the square that was found in them, as a share of its side. */
const strokesBeyond = 0.16

/** The square with its strokes whole: what goes on beyond them is a character, and is left as it is. */
const withStrokes = (map: InkMap, square: Square): Square => {
  const { x, y, side, height } = square
  const most = Math.max(1, Math.round(side * strokesBeyond))
  const beyond = (share: (step: number) => number): number => {
    let steps = 0
    while (steps <= most && share(steps + 1) > 0.5) steps++
    return steps > most ? 0 : steps
  }
  const [up, down] = [
    beyond((step) => along(map, x, y - step, side, false, 0)),
    beyond((step) => along(map, x, y + height - 1 + step, side, false, 0)),
  ]
  const [left, right] = [
    beyond((step) => along(map, x - step, y, height, true, 0)),
    beyond((step) => along(map, x + side - 1 + step, y, height, true, 0)),
  ]
  return { ...square, x: x - left, y: y - up, side: side + left + right, height: height + up + down }
}

/** Shares of the four ways along a square, right outside of it, that are inked: a mark runs out here and there, a character goes on. */
const surroundings = (map: InkMap, { x, y, side, height }: Square): number[] => {
  const away = map.unit > 6 ? 3 : 2
  return [
    along(map, x, y - away, side, false, 0),
    along(map, x, y + height - 1 + away, side, false, 0),
    along(map, x - away, y, height, true, 0),
    along(map, x + side - 1 + away, y, height, true, 0),
  ]
}

const isInside = (box: Rectangle, cell: Rectangle): boolean =>
  box.x > cell.x && box.y > cell.y && box.x + box.width < cell.x + cell.width && box.y + box.height < cell.y + cell.height

interface Candidate extends CheckBox {
  readonly side: number
  /** Ink right around it, summed over the four sides. */
  readonly crowd: number
  /** Blackened throughout. */
  readonly isFilled: boolean
  /** Blackened but for a tick, as browsers draw what is ticked. */
  readonly isReversed: boolean
}

/** Of a box with a pale tick so much is dark, and so much of the ground along each of its sides. */
const [leastDark, leastOfSides] = [0.55, 0.7]

const isPaleOnDark = (map: InkMap, { x, y, side, height }: Square): boolean =>
  density(map, x, y, side, height) > leastDark &&
  [
    along(map, x + 2, y + 1, side - 4, false, 0),
    along(map, x + 2, y + height - 2, side - 4, false, 0),
    along(map, x + 1, y + 2, height - 4, true, 0),
    along(map, x + side - 2, y + 2, height - 4, true, 0),
  ].every((share) => share > leastOfSides)

/** `marks` is where a mark is looked for. */
const weigh = (map: InkMap, square: Square, marks: InkMap): Candidate | null => {
  const { x, y, side, height } = square
  if (x < 3 || y < 3 || x + side > map.width - 3 || y + height > map.height - 3) return null
  const thick = thickness(map, square)
  const isFilled = density(map, x, y, side, height) > 0.88
  const isReversed = !isFilled && thick > side * 0.22 && isPaleOnDark(map, square)
  if (!isFilled && !isReversed && (thick > side * 0.22 || isCharacter(map, square, thick))) return null
  const around = surroundings(map, square)
  // A label may begin right behind its box.
  const [above, below, before, behind] = around as [number, number, number, number]
  const crowd = above + below + before + behind * 0.3
  if (around.filter((share) => share > 0.4).length >= 2 || crowd > 1) return null
  const { factor } = map
  const box = { x: x * factor, y: y * factor, width: side * factor, height: height * factor }
  return {
    box,
    side,
    crowd,
    isFilled,
    isReversed,
    ...(isFilled || isReversed ? { checked: true, confidence: 0.9 } : judgeMark(marks, square, thick)),
  }
}

/** An empty box whose strokes go on beyond its square stands free of all else; what does not is weighed as it was found. */
const weighWhole = (map: InkMap, square: Square, marks: InkMap): Candidate | null => {
  const whole = withStrokes(map, square)
  const candidate = whole.side + whole.height > square.side + square.height ? weigh(map, whole, marks) : null
  return candidate && (isFreeAndClear(candidate) || (candidate.isReversed && candidate.crowd < free))
    ? candidate
    : weigh(map, square, marks)
}

/** Ink around what stands free. */
const free = 0.2

/** Plainly empty, with nothing near. */
const isFreeAndClear = ({ checked, crowd, confidence }: Candidate): boolean => !checked && crowd < free && confidence > 0.75

/** Empty boxes that stand free and clear, each with another of its size. */
const pattern = (candidates: readonly Candidate[]): Candidate[] => {
  const clear = candidates.filter(isFreeAndClear)
  return clear.filter((box) => clear.some((other) => other !== box && Math.abs(other.side - box.side) <= 1 + 0.04 * box.side))
}

const isOfSize = ({ side }: Candidate, alike: readonly Candidate[]): boolean =>
  alike.some((box) => Math.abs(box.side - side) <= 1 + 0.1 * box.side)

/**
 * The boxes of one form are of one size: where empty ones stand free and clear, what seems a marked one must be as large.
 * Without any, it must at least stand alone.
 */
const belongs = (candidate: Candidate, alike: readonly Candidate[]): boolean => {
  if (!candidate.checked) return candidate.crowd < 0.5
  return alike.length === 0 ? candidate.crowd < 0.8 : isOfSize(candidate, alike)
}

/** Plainly marked and with no ink near; so much smaller or larger than the empty boxes as those of other faces are. */
const isOfOtherFace = (candidate: Candidate, alike: readonly Candidate[]): boolean =>
  candidate.checked &&
  !candidate.isFilled &&
  candidate.confidence > 0.95 &&
  candidate.crowd < 0.05 &&
  !isOfSize(candidate, alike) &&
  alike.some(({ side }) => candidate.side > 0.65 * side && candidate.side < 1.35 * side)

const isApart =
  (known: readonly Candidate[]) =>
  ({ box }: Candidate): boolean =>
    !known.some((other) => Math.abs(other.box.x - box.x) < box.width && Math.abs(other.box.y - box.y) < box.height)

const isOver = (one: Rectangle, other: Rectangle): boolean =>
  Math.abs(one.x + one.width / 2 - other.x - other.width / 2) < 0.5 * one.width &&
  Math.abs(one.y + one.height / 2 - other.y - other.height / 2) < 0.5 * one.height

/** What is darker than this share of the page's ink is print; hairlines fall between the pixels of a small picture and are paler there. */
const print = 0.4
const hairline = 0.16

/** Boxes drawn in hairlines, of which a fax leaves dots: as large as one another, and free. */
const withDotted = (whole: readonly Candidate[], dotted: readonly Candidate[]): Candidate[] => {
  const alike = pattern(dotted)
  const kept = [...whole]
  for (const one of dotted) if (isOfSize(one, alike) && isApart(kept)(one)) kept.push(one)
  return kept
}

/** Who blackens boxes blackens all that are meant: a little ink in another is dirt. */
const hardlyMarked = 0.75
const dirty = 0.55
const withoutDirt = (boxes: readonly Candidate[]): readonly Candidate[] =>
  boxes.some(({ isFilled }) => isFilled)
    ? boxes.map((box) => (box.checked && box.confidence < hardlyMarked ? { ...box, checked: false, confidence: dirty } : box))
    : boxes

/** A picture of two tones, as faxes are, has next to nothing between them; others show it by their first rows. */
const isBlackAndWhite = ({ data }: Raster): boolean => {
  let left = (data.length / 21) * 0.002
  for (let at = 0; at < data.length && left > 0; at += 3 * 7) if (data[at]! > 40 && data[at]! < 215) left--
  return left > 0
}

/**
 * Finds printed check boxes, square and round, and tells whether a tick, cross or fill stands in them or over them. Boxes in pixels of the raster,
 * in reading order. A table's own cells are none. With `size` small, of squares only empty ones: what is marked is as small as parts of letters
 * and figures. With `size` other, only marked squares of another size than the empty ones, as ☑ has that comes from another face than □; squares
 * within letters are among them.
 */
export const findCheckBoxes = (raster: Raster, cells: readonly Cell[], size: 'usual' | 'small' | 'other' = 'usual'): CheckBox[] => {
  if (Math.min(raster.width, raster.height) < 200) return []
  const inkAt = openInk(raster)
  const map = inkAt(print)
  const sides = size === 'small' ? small : usual
  const least = Math.max(fewestPixels[size === 'small' ? size : 'usual'], Math.round(sides.least * map.unit))
  const most = Math.round(sides.most * map.unit)
  const candidatesOn = (on: InkMap, marks = on): Candidate[] =>
    findSquares(on, least, most)
      .map((square) => weighWhole(on, square, marks))
      .filter((candidate) => candidate !== null)
      .filter(({ box: { x, y, width, height } }) => {
        const room = { x: x - 4, y: y - 4, width: width + 8, height: height + 8 }
        return !cells.some(({ box }) => isInside(box, room))
      })
  const isDotted = isBlackAndWhite(raster)
  const dark = isDotted
    ? withDotted(
        candidatesOn(map),
        [0, 2].flatMap((end) => candidatesOn(joinDots(map, end), map)),
      )
    : candidatesOn(map)
  const isNew = isApart(dark.filter(({ isReversed }) => !isReversed))
  // Dust and the grain of the paper are as pale as a hairline: of such boxes only those that are plainly empty are believed, and what is black throughout.
  const isPlain = (one: Candidate): boolean => isFreeAndClear(one) || (one.isFilled && one.crowd < free)
  const pale = isDotted ? [] : candidatesOn(inkAt(hairline)).filter((one) => isPlain(one) && isNew(one))
  const plain = pattern(dark)
  const alike = plain.length > 0 ? plain : pattern(pale)
  if (size === 'other') return dark.filter((candidate) => !candidate.isReversed && isOfOtherFace(candidate, alike))
  const clear = [...dark, ...pale].filter(isFreeAndClear)
  const isOwn = (candidate: Candidate): boolean =>
    candidate.isReversed ? candidate.crowd < 0.5 && isOfSize(candidate, clear) : belongs(candidate, alike)
  const own = [...dark.filter(isOwn), ...pale.filter((candidate) => isOfSize(candidate, alike))]
  const boxes = size === 'small' ? own.filter(isFreeAndClear) : withoutDirt(own)
  const rounds = findRounds(map, least, most, size)
  return [...boxes.filter(({ box }) => !rounds.some((round) => isOver(round.box, box))), ...rounds]
    .slice(0, mostBoxes)
    .map(({ box, checked, confidence, isEmptyInside, isBefore }) => ({
      box,
      checked,
      confidence,
      ...(isEmptyInside ? { isEmptyInside } : {}),
      ...(isBefore ? { isBefore } : {}),
    }))
    .toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
}
