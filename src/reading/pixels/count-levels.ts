/** How many values have each level, of every `step`-th from `first` on: of one channel of a raster by 3. */
export function countLevels(data: Uint8Array, first = 0, step = 1): Uint32Array {
  const counts = new Uint32Array(256)
  for (let at = first; at < data.length; at += step) counts[data[at]!]!++
  return counts
}
