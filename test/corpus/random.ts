/**
 * A small seeded generator of random numbers, so that one seed always draws the same papers.
 * `fork` gives an independent stream by name: what one part draws never shifts what another part draws.
 */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** A whole number in [low, high], both included. */
  whole(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(choices: readonly T[]): T
  /** `count` different ones, in random order. */
  sample<T>(choices: readonly T[], count: number): T[]
  digits(count: number): string
  /** About normal with deviation 1 (sum of four uniforms). */
  bell(): number
  fork(name: string): Random
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** Starts a stream named `seed` (mulberry32 over the hashed name). */
export function seedRandom(seed: string | number): Random {
  let state = hash(`zhika:${seed}`)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(choices: readonly T[]): T => {
    const chosen = choices[Math.floor(next() * choices.length)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }
  return {
    next,
    whole,
    pick,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    sample: (choices, count) => {
      const left = [...choices]
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(next() * left.length), 1)[0]!)
    },
    digits: (count) => Array.from({ length: count }, () => whole(0, 9)).join(''),
    bell: () => (next() + next() + next() + next() - 2) * 1.73,
    fork: (name) => seedRandom(`${seed}/${name}`),
  }
}
