/** How one page goes through a scanner: how straight, how exposed, what the glass, the lid and the feeder leave on it. */
import type { Random } from './random.ts'

export interface Scanner {
  /** Radians. */
  readonly turn: number
  /** Darkness of the lid seen beside the sheet, 0 to 255; null: the sheet fills the picture on white. */
  readonly lid: number | null
  /** Level of black ink, and the exponent by which the lamp shifts grey. */
  readonly lift: number
  readonly gamma: number
  /** Levels over which everything burns out to white: 1 is none. */
  readonly burn: number
  readonly noise: number
  /** Darkening from one side to the other. */
  readonly shade: number
  /** Deviation of the blur in pixels. */
  readonly soft: number
  readonly quality: number
  /** Share of the back side's ink that shows through. */
  readonly bleed: number
  /** Lines of a screen an inch, as a copy of a newspaper or of a copy has them; null: none. */
  readonly screen: number | null
  readonly dust: number
  readonly streaks: number
}

const troubles = ['skew', 'lid', 'faint', 'burnt', 'dim', 'bleed', 'screen', 'dust', 'streaks', 'soft', 'squeezed'] as const

/** Harsh pages have up to two troubles; print stays legible through any two. */
export function chooseScanner(random: Random, dpi: number, gray: boolean, harsh: boolean): Scanner {
  const turn = random.bell() * 0.009
  const plain: Scanner = {
    turn: Math.max(-0.034, Math.min(0.034, turn)),
    lid: null,
    lift: random.between(6, 46),
    gamma: 1,
    burn: 1,
    noise: random.between(1.5, 6),
    shade: random.chance(0.3) ? random.between(-0.06, 0.06) : 0,
    soft: random.between(0.3, dpi >= 300 ? 1 : 0.75),
    quality: random.whole(gray ? 55 : 62, 88),
    bleed: 0,
    screen: null,
    dust: 0,
    streaks: 0,
  }
  if (!harsh) return plain
  const had = new Set(random.sample(troubles, random.whole(0, 2)))
  return {
    ...plain,
    turn: plain.turn * 1.6,
    ...(had.has('skew') ? { turn: (random.chance(0.5) ? 1 : -1) * random.between(0.035, 0.087) } : {}),
    ...(had.has('lid') ? { lid: random.pick([12, 30, 70, 110]) } : {}),
    ...(had.has('faint') ? { lift: random.between(80, 135) } : {}),
    ...(had.has('burnt') ? { burn: random.between(1.08, 1.2), gamma: random.between(0.6, 0.8) } : {}),
    ...(had.has('dim') ? { burn: random.between(0.68, 0.82), gamma: random.between(1.1, 1.4) } : {}),
    ...(had.has('bleed') ? { bleed: random.between(0.06, 0.16) } : {}),
    ...(had.has('screen') ? { screen: random.between(60, 90) } : {}),
    ...(had.has('dust') ? { dust: random.whole(60, 500) } : {}),
    ...(had.has('streaks') ? { streaks: random.whole(1, 4) } : {}),
    ...(had.has('soft') ? { soft: (dpi / 200) * random.between(0.9, 1.25) } : {}),
    ...(had.has('squeezed') ? { quality: random.whole(30, 50) } : {}),
  }
}
