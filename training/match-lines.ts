/** Which of the lines that stand on a submission's papers a strip shows, by what was read on it. */

export interface Candidate {
  readonly text: string
  /** Characters that were read otherwise, lost or made up. */
  readonly errors: number
}

/** What a tick is looked for by stays where it was read: files draw it, and do not say it. */
const boxes = '口□☐☑√✓✔■●○◯'
/** More errors than this share of what was read, and it may be anything. */
const mostErrors = 0.45
/** Shorter stretches of a line may stand anywhere. */
const shortest = 3
/** Full and half width look alike on strips. */
const widths = new Map([...'（）：，'].map((full, index) => [full, '():,'[index]]))
const isSame = (one: string, other: string): boolean => one === other || (widths.get(one) ?? one) === (widths.get(other) ?? other)
const isAlphanumeric = (character: string | undefined): boolean => /[0-9A-Za-z]/u.test(character ?? '')

/** The likeliest whole line, and the likeliest stretch of one: the reader cuts lines. Blanks are where they were read. */
export function matchLines(read: string, said: ReadonlySet<string>): Candidate[] {
  const blanks = new Set<number>()
  const letters: string[] = []
  for (const character of read) {
    if (character.trim() === '') blanks.add(letters.length)
    else letters.push(character)
  }
  const limit = letters.length === 1 ? 0 : Math.max(1, Math.floor(mostErrors * letters.length))
  const lines = [...said].map((line) => [...line])
  const near = lines.filter((line) => Math.abs(line.length - letters.length) <= Math.max(2, letters.length / 2))
  const whole = leastOf(near.map((line) => align(letters, line, false)))
  const longer = letters.length < shortest ? [] : lines.filter((line) => line.length > letters.length)
  const part = leastOf(longer.map((line) => align(letters, line, true)))
  const candidates = [
    ...(whole ? [whole] : []),
    ...(part && part.errors < (whole?.errors ?? Infinity) && hasPlainEnds(letters, part) ? [part] : []),
  ]
  return candidates
    .filter(({ errors }) => errors <= limit)
    .map(({ errors, line, pairs }) => ({ errors, text: spell(letters, blanks, line, pairs).replace(/^(\d{17})x$/u, '$1X') }))
    .filter(({ text }) => text !== '')
}

interface Alignment {
  readonly line: readonly string[]
  readonly errors: number
  /** The stretch of the line. */
  readonly start: number
  readonly end: number
  /** Places among what was read and along the line; −1 where one of them has nothing there. */
  readonly pairs: readonly (readonly [number, number])[]
}

const leastOf = (alignments: readonly Alignment[]): Alignment | undefined =>
  alignments.reduce<Alignment | undefined>((least, next) => (least && least.errors <= next.errors ? least : next), undefined)

/** Edit distance (Levenshtein), to the whole line or, `anywhere`, to the stretch of it that is nearest. */
function align(letters: readonly string[], line: readonly string[], anywhere: boolean): Alignment {
  const wide = line.length + 1
  const costs = new Int16Array((letters.length + 1) * wide)
  for (let to = 0; to < wide; to++) costs[to] = anywhere ? 0 : to
  const swap = (at: number, to: number) => costs[(at - 1) * wide + to - 1]! + (isSame(letters[at - 1]!, line[to - 1]!) ? 0 : 1)
  for (let at = 1; at <= letters.length; at++) {
    costs[at * wide] = at
    for (let to = 1; to < wide; to++)
      costs[at * wide + to] = Math.min(swap(at, to), costs[(at - 1) * wide + to]! + 1, costs[at * wide + to - 1]! + 1)
  }
  const ends = costs.subarray(letters.length * wide)
  const end = anywhere ? ends.indexOf(Math.min(...ends)) : line.length
  const pairs: [number, number][] = []
  let [at, to] = [letters.length, end]
  while (at > 0 || (to > 0 && !anywhere)) {
    const cost = costs[at * wide + to]!
    if (at > 0 && to > 0 && cost === swap(at, to)) pairs.push([--at, --to])
    else if (at > 0 && cost === costs[(at - 1) * wide + to]! + 1) pairs.push([--at, -1])
    else pairs.push([-1, --to])
  }
  return { line, errors: ends[end]!, start: to, end, pairs: pairs.reverse() }
}

/** A stretch ends where its outer characters were read right, and never within a number: the rest of it may have been lost. */
function hasPlainEnds(letters: readonly string[], { line, start, end }: Alignment): boolean {
  const isPlain = (read: string, at: number, beyond: number) =>
    line[beyond] === undefined || (isSame(read, line[at]!) && !(isAlphanumeric(line[at]) && isAlphanumeric(line[beyond])))
  return end > start && isPlain(letters[0]!, start, start - 1) && isPlain(letters.at(-1)!, end - 1, end)
}

function spell(letters: readonly string[], blanks: ReadonlySet<number>, line: readonly string[], pairs: Alignment['pairs']): string {
  let text = ''
  for (const [at, to] of pairs) {
    if (to < 0 && !boxes.includes(letters[at]!)) continue
    if (at > 0 && blanks.has(at)) text += ' '
    text += to < 0 ? letters[at]! : line[to]!
  }
  return text
}
