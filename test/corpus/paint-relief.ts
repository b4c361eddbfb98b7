/** Folds and creases of a sheet that does not lie flat: how light falls on them, and how far they move what stands on it. */
import type { Camera } from './choose-camera.ts'
import type { Random } from './random.ts'

const columns = 96
const rows = 136

/** Level of light and shift (as share of the width) at a place given as shares of the sheet; null for a smooth sheet. */
export function paintRelief(camera: Camera, random: Random): ((x: number, y: number) => { level: number; shift: number }) | null {
  if (camera.folds.length === 0 && camera.crumple === 0) return null
  const levels = new Float32Array(columns * rows).fill(1)
  const shifts = new Float32Array(columns * rows)
  for (const { across, at, depth } of camera.folds) {
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const away = (across ? row / rows : column / columns) - at
        const i = row * columns + column
        // One side of a fold looks away from the lamp; its ridge catches it.
        levels[i]! *= away > 0 ? 1 - depth * Math.exp(-away * 9) : 1
        levels[i]! *= Math.abs(away) < 0.006 ? 1 + depth * 0.7 : 1
        shifts[i]! += depth * 0.012 * Math.exp(-Math.abs(away) * 14)
      }
  }
  if (camera.crumple > 0) {
    // Facets: each place is lit by the slope of the nearest of some points.
    const facets = Array.from({ length: 60 }, () => ({ x: random.next(), y: random.next(), level: random.bell() * 0.07 * camera.crumple }))
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let nearest = Number.POSITIVE_INFINITY
        let second = Number.POSITIVE_INFINITY
        let level = 0
        for (const facet of facets) {
          const distance = (facet.x - column / columns) ** 2 + (facet.y - row / rows) ** 2
          if (distance < nearest) {
            second = nearest
            nearest = distance
            level = facet.level
          } else if (distance < second) second = distance
        }
        const i = row * columns + column
        const ridge = Math.sqrt(second) - Math.sqrt(nearest) < 0.012 ? 0.06 * camera.crumple : 0
        levels[i]! *= 1 + level + ridge
        shifts[i]! += level * 0.016
      }
  }
  return (x, y) => {
    const fx = Math.min(columns - 1.001, Math.max(0, x * columns - 0.5))
    const fy = Math.min(rows - 1.001, Math.max(0, y * rows - 0.5))
    const i = Math.floor(fy) * columns + Math.floor(fx)
    const wx = fx % 1
    const wy = fy % 1
    const blend = (map: Float32Array): number =>
      (map[i]! * (1 - wx) + map[i + 1]! * wx) * (1 - wy) + (map[i + columns]! * (1 - wx) + map[i + columns + 1]! * wx) * wy
    return { level: blend(levels), shift: blend(shifts) }
  }
}
