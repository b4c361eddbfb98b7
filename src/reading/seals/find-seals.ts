/** Finds the seals (印章) on an upright page, reads the names around them and tells what they are. */
import type { Engine, FoundSeal, Raster, Rectangle } from '../page.ts'
import { levelLight } from '../pixels/level-light.ts'
import { findRings, type SealRing } from './find-rings.ts'
import { halfAxes, type Ring } from './fit-ring.ts'
import { readArc } from './read-arc.ts'
import { tellRole } from './tell-role.ts'

/** Pixels along the shorter side of the picture on which rings are sought: a seal is then about 100 px wide. */
const searchSide = 560
/** No paper bears more; a picture made to waste time may. */
const mostSeals = 12
/** Flatter than this is an oval; a round seal seen aslant or on a curled sheet keeps 0.88. */
const ovalFlatness = 0.86

/** Seals in reading order. Boxes lie on the page, also of a seal that its edge cuts. */
export async function findSeals(raster: Raster, engine: Pick<Engine, 'readStrip'>): Promise<FoundSeal[]> {
  const page = levelLight(raster, searchSide)
  const found: FoundSeal[] = []
  for (const seal of findRings(page).slice(0, mostSeals)) found.push(await readSeal(raster, engine, scaleSeal(seal, page.factor)))
  return found.toSorted((one, other) => one.box.y - other.box.y)
}

async function readSeal(raster: Raster, engine: Pick<Engine, 'readStrip'>, { ring, color, certainty }: SealRing): Promise<FoundSeal> {
  const arc = await readArc(raster, engine, ring, color)
  const [longer, shorter] = halfAxes(ring)
  const shape = shorter / longer < ovalFlatness ? 'oval' : 'round'
  return {
    box: boundsOf(ring, raster),
    color,
    shape,
    text: arc.text,
    confidence: Math.round(certainty * (arc.text === null ? 0.5 : arc.confidence) * 1000) / 1000,
    role: tellRole(arc.text, arc.purpose, shape),
  }
}

const scaleSeal = ({ ring, ...seal }: SealRing, factor: number): SealRing => ({
  ...seal,
  ring: { x: ring.x * factor, y: ring.y * factor, xx: ring.xx * factor, xy: ring.xy * factor, yy: ring.yy * factor },
})

function boundsOf(ring: Ring, raster: Raster): Rectangle {
  const [across, down] = [Math.hypot(ring.xx, ring.xy), Math.hypot(ring.xy, ring.yy)]
  const x = Math.max(0, ring.x - across)
  const y = Math.max(0, ring.y - down)
  return { x, y, width: Math.min(raster.width, ring.x + across) - x, height: Math.min(raster.height, ring.y + down) - y }
}
