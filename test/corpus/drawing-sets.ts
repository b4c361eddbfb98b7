/**
 * What chance chooses from when papers are drawn. Whoever mends the reader looks at papers of the tuned set only; the
 * held-back set has layouts, faces, hands, ticks and tables of its own and is only ever counted, so that its figures tell
 * how the reader does on what nobody has seen. What stands in both is what every office has: the guide's own layout.
 */
import type { FaceName } from './faces.ts'
import { cameraTroubles, type CameraTrouble } from './choose-camera.ts'
import type { Ground } from './draw-ground.ts'
import type { LayoutName, Ruling, TickMark } from './form-style.ts'

export interface DrawingSet {
  readonly layouts: readonly LayoutName[]
  readonly labels: readonly FaceName[]
  readonly typed: readonly FaceName[]
  readonly hands: readonly FaceName[]
  /** What hands write their figures in, where it is not their own face. */
  readonly figures: readonly FaceName[]
  readonly ticks: readonly TickMark[]
  readonly rulings: readonly Ruling[]
  /** What a photographed sheet lies on. */
  readonly grounds: readonly Ground[]
  /** What may go wrong when a photograph is taken. */
  readonly troubles: readonly CameraTrouble[]
}

/** Chosen from with `plain` papers: clean forms of the guide's making. */
export const tunedPlain: DrawingSet = {
  layouts: ['guide', 'guide', 'redrawn', 'stacked', 'open', 'underlined', 'landscape'],
  labels: ['serif', 'serif', 'sans', 'kai'],
  typed: ['serif', 'sans', 'kai', 'serif-bold'],
  hands: ['hand-kai', 'hand-kai', 'hand-brush', 'hand-running'],
  figures: ['figures-plain', 'figures-round', 'figures-quick'],
  ticks: ['check', 'filled', 'printed-tick', 'hand-tick', 'cross', 'tick-before'],
  rulings: ['solid'],
  grounds: ['wood', 'stone'],
  troubles: [],
}

export const tunedHarsh: DrawingSet = {
  layouts: ['guide', 'guide', 'redrawn', 'stacked', 'open', 'underlined', 'landscape', 'paired', 'narrow', 'merged'],
  labels: ['serif', 'song', 'sans', 'kai', 'zenhei', 'light'],
  typed: ['serif', 'song', 'song', 'sans', 'kai', 'serif-bold', 'light'],
  hands: ['hand-kai', 'hand-kai', 'hand-brush', 'hand-running', 'rounded'],
  figures: ['figures-plain', 'figures-round', 'figures-quick'],
  ticks: ['check', 'filled', 'printed-tick', 'hand-tick', 'cross', 'tick-before', 'slash', 'sweeping'],
  rulings: ['solid', 'solid', 'dotted', 'broken'],
  grounds: ['wood', 'stone', 'papers', 'checked'],
  troubles: cameraTroubles.filter((trouble) => trouble !== 'blinds'),
}

/** Never looked at while tuning. */
export const heldBackPlain: DrawingSet = {
  layouts: ['guide', 'label-above', 'banded', 'underlined', 'landscape', 'redrawn'],
  labels: ['xiaowei', 'sans', 'serif', 'kai-bold'],
  typed: ['xiaowei', 'kai-bold', 'sans', 'sans-bold'],
  hands: ['hand-long', 'hand-long', 'hand-kai'],
  figures: ['figures-narrow', 'figures-quick'],
  ticks: ['check', 'filled', 'hand-tick', 'cross', 'tick-after', 'ring'],
  rulings: ['solid'],
  grounds: ['wood', 'stone'],
  troubles: [],
}

/** Never looked at while tuning. */
export const heldBackHarsh: DrawingSet = {
  layouts: ['guide', 'guide', 'label-above', 'banded', 'headed', 'three-line', 'columns', 'redrawn'],
  labels: ['xiaowei', 'sans', 'kaiti', 'kai-bold', 'serif-light', 'song'],
  typed: ['xiaowei', 'kaiti', 'kai-bold', 'sans', 'sans-bold', 'zenhei', 'serif-light'],
  hands: ['hand-long', 'hand-long', 'hand-kai', 'hand-grass'],
  figures: ['figures-narrow', 'figures-quick'],
  ticks: ['check', 'filled', 'hand-tick', 'cross', 'tick-after', 'ring', 'blob', 'ring-option'],
  rulings: ['solid', 'solid', 'dashed', 'horizontal'],
  grounds: ['wood', 'cloth', 'keyboard', 'papers'],
  troubles: cameraTroubles,
}

export function drawingSet(heldBack: boolean, harsh: boolean): DrawingSet {
  if (heldBack) return harsh ? heldBackHarsh : heldBackPlain
  return harsh ? tunedHarsh : tunedPlain
}
