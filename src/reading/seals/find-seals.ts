import type { Engine, FoundSeal, Raster } from '../page.ts'
import type { PrintedLine } from './compare-face.ts'
import { levelLight } from '../pixels/level-light.ts'
import { tellTones } from '../pixels/tell-tones.ts'
import { specksOf } from './dotted-rings.ts'
import { fineSide, type LocatedRing, locateRings } from './locate-rings.ts'
import { lightenDark } from './lighten-dark.ts'
import { liftLines } from './lift-lines.ts'
import { glimpseRing, isNameAsItStands, readRing, readsFromBehind, takeRing } from './read-ring.ts'
import { overlaps, wipeRings } from './wipe-rings.ts'

/** The seals of one page: where they are is known at once, what they say when the names on the page are known. */
export interface SealsOnPage {
  /** As a first look at each arc shows them; told for places and letters only. */
  readonly glimpsed: readonly FoundSeal[]
  /** The page without the lines of its seals that have no colour: the same raster where there is none. */
  withoutLines(page: Raster): Raster
  /**
   * The same seals, read, without those that shine through from the back of the sheet. Nothing is forced to one of the names; an arc that
   * cannot be read has the text `null`. `lines` are the print of the page, some of which may run across the face of a seal.
   */
  read(names: readonly string[], lines?: readonly PrintedLine[]): Promise<FoundSeal[]>
  /** What those last read spell by themselves, asked for no name. */
  spelled(): readonly string[]
}

/** Finds the impressions of seals on an upright page, red ones and those of black-and-white copies. At most twelve are told. */
export async function findSeals(page: Raster, engine: Pick<Engine, 'readStrip'>): Promise<SealsOnPage> {
  if (Math.min(page.width, page.height) < 120)
    return { glimpsed: [], withoutLines: (page) => page, read: async () => [], spelled: () => [] }
  const lightened = lightenDark(page)
  const raster = lightened ?? page
  const rings = locateRings(levelLight(raster, fineSide), () => specksOf(raster))
  // What is round and has no colour on a screen is a part of it.
  const placed = lightened ? rings.filter(({ color }) => color === 'red') : rings
  const taken: Awaited<ReturnType<typeof takeRing>>[] = []
  for (const ring of placed) {
    const others = placed.filter((other) => overlaps(ring, other))
    taken.push(await takeRing(wipeRings(raster, others), ring, boxOf(ring, raster), engine))
  }
  const isBlack = placed.some(({ color }) => color === 'gray') && tellTones(raster) === 'black'
  let read: Awaited<ReturnType<typeof readRing>>[] = []
  // Whatever names are asked about, a ring shines through from the back or does not.
  const behind = new Map<(typeof taken)[number], boolean>()
  const shinesThrough = async (ring: (typeof taken)[number], seal: FoundSeal): Promise<boolean> => {
    if (isBlack || isNameAsItStands(seal)) return false
    const known = behind.get(ring) ?? (await readsFromBehind(ring, engine))
    behind.set(ring, known)
    return known
  }
  return {
    glimpsed: taken.map(glimpseRing),
    withoutLines: (page) => liftLines(page, placed),
    async read(names, lines = []) {
      const again: typeof read = []
      for (const ring of taken) {
        const one = await readRing(ring, { names, print: lines, isBlack }, engine)
        if (!(await shinesThrough(ring, one.seal))) again.push(one)
      }
      read = again
      return again.map(({ seal }) => seal)
    },
    spelled: () => read.flatMap(({ seal, isSpelled }) => (isSpelled && seal.text !== null ? [seal.text] : [])),
  }
}

/** The upright box round the ring's line and half of its width, cut at the page's edge. */
const boxOf = (ring: LocatedRing, raster: Raster): FoundSeal['box'] => {
  const reachX = Math.hypot(ring.xx, ring.xy) * 1.03
  const reachY = Math.hypot(ring.xy, ring.yy) * 1.03
  const x = Math.max(0, Math.round(ring.x - reachX))
  const y = Math.max(0, Math.round(ring.y - reachY))
  return {
    x,
    y,
    width: Math.min(raster.width, Math.round(ring.x + reachX)) - x,
    height: Math.min(raster.height, Math.round(ring.y + reachY)) - y,
  }
}
