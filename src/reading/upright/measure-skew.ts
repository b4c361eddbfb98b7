/** The slant of a page: the median slant of its long lines, each weighing as much as it is long. */
import type { Region } from '../engine/measure-regions.ts'

/** In radians, clockwise; 0 when there are too few lines to tell. Regions lie along their text. */
export function measureSkew(regions: readonly Region[]): number {
  // A short run's rectangle is slanted by chance.
  const long = regions.filter(({ width, height }) => width > height * 4).sort((a, b) => a.angle - b.angle)
  if (long.length < 3) return 0
  const total = long.reduce((sum, { width }) => sum + width, 0)
  let passed = 0
  for (const { angle, width } of long) {
    passed += width
    if (passed >= total / 2) return angle
  }
  return 0
}
