/**
 * How much more an arc speaks for each letter that is an enterprise's own than for another in its place that enterprises are fond of. Of a
 * worn letter each look makes another, none surely, and yet all of them may fit one better than any that was not there.
 */
import { costsOf, type Step } from './lay-paths.ts'

const fond = Array.from('鑫海宏瑞盛泰嘉联顺信达和兴昌华荣源德祥福林通成远大中天龙锐佳新创科益智晟诚旭飞翔腾航宇晖泽洋涛峰岩玉松')

/** In −ln, a look, for each letter; 0 for those of `words`, which many names have. */
export function leadOverInvented(looks: readonly (readonly Step[])[], letters: readonly string[], words: readonly unknown[]): number[] {
  const costOf = (name: readonly string[]) => looks.reduce((sum, steps) => sum + costAlong(steps, name), 0) / looks.length
  const cost = costOf(letters)
  return letters.map((letter, at) =>
    words[at] ? 0 : Math.min(...fond.filter((other) => other !== letter).map((other) => costOf(letters.with(at, other)))) - cost,
  )
}

/** The least cost of a name along one look, as `layPaths` has it. */
function costAlong(steps: readonly Step[], letters: readonly string[]): number {
  const count = steps.length
  let before = new Float64Array(count + 1)
  for (let t = 0; t < count; t++) before[t + 1] = before[t]! + steps[t]!.outside
  for (const letter of letters) {
    const costs = costsOf(steps, letter)
    const behind = new Float64Array(count + 1).fill(Infinity)
    let writing = Infinity
    for (let t = 0; t < count; t++) {
      writing = Math.min(writing, before[t]!) + costs[t]!
      behind[t + 1] = Math.min(writing, behind[t]! + steps[t]!.spare)
    }
    before = behind
  }
  let least = Infinity
  for (let t = count, after = 0; t >= 0; t--) {
    least = Math.min(least, before[t]! + after)
    if (t > 0) after += steps[t - 1]!.outside
  }
  return least
}
