/** Finds the rings of seals on a page freed of its light. */
import type { LevelPage } from '../pixels/level-light.ts'
import { fitRing, halfAxes, type FittedRing, type Ring } from './fit-ring.ts'
import { voteCircles } from './vote-circles.ts'

export interface SealRing {
  readonly ring: Ring
  readonly color: 'red' | 'gray'
  /** 0…1: how sure it is that a seal is here. */
  readonly certainty: number
}

/** Radii sought, as shares of the page's shorter side: 38 to 45 mm across on A4, with room for crops, cards and photos. */
const radii = { least: 0.05, most: 0.19 }

export function findRings(page: LevelPage): SealRing[] {
  const side = Math.min(page.width, page.height)
  const circles = voteCircles(page.red, { least: side * radii.least, most: side * radii.most, edge: 16, limit: 24 })
  const kept: (SealRing & { readonly fit: FittedRing })[] = []
  for (const circle of circles) {
    const fit = fitRing(page.red, circle, 1)
    if (!fit || fit.coverage < 0.55 || fit.strength < 24 || fit.coverage - fit.chance < 0.15) continue
    if (kept.some(({ fit: other }) => isSame(fit, other))) continue
    kept.push({ ring: fit, fit, color: 'red', certainty: Math.min(1, fit.coverage + 0.1) })
  }
  return kept
}

/** Two fits of one ring, or a ring inside another: a seal lies on another's middle by chance only. */
function isSame(one: Ring, other: Ring): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) < 0.3 * Math.max(halfAxes(one)[0], halfAxes(other)[0])
}
