/** How one photograph is taken: where the phone is held, what light there is, how the sheet lies, how the picture is sent. */
import type { Ground } from './draw-ground.ts'
import type { Quarter } from './paint-side.ts'
import type { Random } from './random.ts'

export interface Camera {
  /** Pixels of the picture's long side as taken. */
  readonly long: number
  /** Share of the picture that the sheet takes; over 1 its margins are cut off. */
  readonly fill: number
  /** Radians. */
  readonly turn: number
  /** How steeply the phone looks. */
  readonly lean: number
  /** Share of the sheet's height by which its middle bows. */
  readonly curl: number
  /** Folds, as share of the way down (or across) the sheet. */
  readonly folds: readonly { readonly across: boolean; readonly at: number; readonly depth: number }[]
  /** 0 is smooth, 1 was in a fist. */
  readonly crumple: number
  readonly ground: Ground
  /** Depth of the soft shadow of an edge, and of the hand that holds the phone. */
  readonly shadow: number
  readonly hand: number
  /** A lamp mirrored on the paper: its share of white in the middle. */
  readonly glare: number
  /** Depth of the stripes that the sun throws through a window's blinds. */
  readonly blinds: number
  readonly gain: number
  readonly slope: number
  /** Factors of red, green and blue. */
  readonly balance: readonly [number, number, number]
  readonly noise: number
  /** Deviation of the blur in pixels, and pixels that the phone moved. */
  readonly focus: number
  readonly motion: number
  readonly quality: number
  /** Long side to which a messenger shrinks the picture. */
  readonly sent: number | null
  /** Degrees clockwise that stand the stored picture upright, told by EXIF or not. */
  readonly quarter: Quarter
  readonly byExif: boolean
}

export const cameraTroubles = [
  'lean',
  'curl',
  'folds',
  'crumple',
  'hand',
  'glare',
  'balance',
  'dark',
  'focus',
  'motion',
  'sent',
  'crop',
  'blinds',
] as const
export type CameraTrouble = (typeof cameraTroubles)[number]

/** `harsh` photographs have one to three troubles; each alone leaves every value legible to a careful eye, and so do three. */
export function chooseCamera(random: Random, grounds: readonly Ground[], troubles: readonly CameraTrouble[]): Camera {
  const long = random.pick([1440, 1706, 2000, 2560, 3000, 3264])
  const sharpness = long < 1800 ? 0.65 : 1
  const plain: Camera = {
    long,
    fill: random.between(0.84, 0.97),
    turn: random.bell() * 0.03,
    lean: random.between(0.01, 0.06),
    curl: random.chance(0.45) ? random.bell() * 0.006 : 0,
    folds: [],
    crumple: 0,
    ground: random.pick(grounds),
    shadow: random.chance(0.6) ? random.between(0.12, 0.38) : 0,
    hand: 0,
    glare: 0,
    blinds: 0,
    gain: random.between(0.84, 1.02),
    slope: random.between(0.06, 0.26),
    balance: [random.between(0.99, 1.03), 1, random.between(0.9, 1.01)],
    noise: random.between(2, 6),
    focus: Math.max(0.3, random.between(0.4, 1.1) * sharpness),
    motion: 0,
    quality: random.whole(62, 90),
    sent: null,
    quarter: random.pick([0, 0, 0, 90, 180, 270] as const),
    byExif: random.chance(0.5),
  }
  if (troubles.length === 0) return plain
  const had = new Set(random.sample(troubles, random.whole(1, 3)))
  const small = long < 1800 || had.has('sent')
  return {
    ...plain,
    turn: plain.turn * 2,
    ...(had.has('lean') ? { lean: random.between(0.06, 0.11), turn: random.bell() * 0.07 } : {}),
    ...(had.has('curl') ? { curl: (random.chance(0.5) ? 1 : -1) * random.between(0.006, 0.016) } : {}),
    ...(had.has('folds')
      ? {
          folds: Array.from({ length: random.whole(1, 3) }, () => ({
            across: random.chance(0.7),
            at: random.pick([0.25, 0.333, 0.5, 0.667, 0.75]) + random.bell() * 0.01,
            depth: random.between(0.06, 0.16),
          })),
        }
      : {}),
    ...(had.has('crumple') ? { crumple: random.between(0.3, 1) } : {}),
    ...(had.has('hand') ? { hand: random.between(0.25, 0.5) } : {}),
    ...(had.has('glare') ? { glare: random.between(0.35, 0.7) } : {}),
    ...(had.has('balance')
      ? {
          balance: random.pick([
            [1.04, 0.93, 0.74],
            [0.88, 0.97, 1.06],
            [0.94, 1.02, 0.88],
          ] as const),
        }
      : {}),
    ...(had.has('dark') ? { gain: random.between(0.5, 0.64), noise: random.between(6, 10), shadow: 0, hand: 0 } : {}),
    ...(had.has('focus') ? { focus: (small ? 0.9 : random.between(1.2, 1.9)) * sharpness } : {}),
    ...(had.has('motion') ? { motion: Math.round(long * (small ? 0.0012 : random.between(0.0014, 0.0022))) } : {}),
    ...(had.has('sent') ? { long: Math.max(long, 2000), sent: random.pick([1280, 1280, 1440, 1600]), quality: random.whole(45, 68) } : {}),
    ...(had.has('blinds') ? { blinds: random.between(0.12, 0.3) } : {}),
    ...(had.has('crop') ? { fill: random.between(1.01, 1.05) } : {}),
  }
}
