/**
 * The ring and the star of a seal cut the lines of print that they lie over. Where the ink of a red seal, or the line of
 * one without colour, can be taken off, what runs under it is looked for once more without it.
 */
import { pageScale } from '../engine/detect-text.ts'
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { FoundSeal, Raster, Rectangle } from '../page.ts'
import { clipToRaster, cropRaster } from '../raster/resample.ts'
import { area, join, widen } from '../understand/text/geometry.ts'

/** The ring's ink reaches a little beyond what was found, as a share of its width. */
const margin = 0.06
/** How much nearer than the page the network looks: what it missed under the seal is often small. */
const nearer = 1.25
/** What runs upon another region by this share of its length is the same run of text. */
const same = 0.5
/** A line that meets a seal by less of its height is not cut by it. */
const touching = 0.2
/** A line of which so much is seen again was seen whole. */
const whole = 0.8
/** One that was joined with the ring slants, and need not be seen to its end. */
const half = 0.5
const isSlanting = ({ angle }: Region): boolean => Math.abs(angle) > 0.15

interface Placed {
  readonly region: Region
  readonly bounds: Rectangle
}

/** The regions of the page, those at seals as they run without their ink: `clean` is the page without it. */
export async function detectUnderSeals(
  engine: PageEngine,
  clean: Raster,
  regions: readonly Region[],
  seals: readonly FoundSeal[],
): Promise<readonly Region[]> {
  const grown = seals.map(({ box }) => widen(box, margin * box.width))
  let placed: readonly Placed[] = regions.map((region) => ({ region, bounds: boundsOf(region) }))
  const rooms = roomsOf(grown, placed)
  if (rooms.length === 0) return regions
  for (const { room, cut } of rooms) {
    const kept = placed.filter((one) => !cut.includes(one))
    const wide = clipToRaster(clean, widen(room, 0.5 * Math.max(...cut.map(({ region }) => region.height))))
    const seen = (await engine.detect(cropRaster(clean, wide), Math.min(1, nearer * pageScale(clean)))).map((found): Placed => {
      const region = { ...found, x: found.x + wide.x, y: found.y + wide.y }
      return { region, bounds: boundsOf(region) }
    })
    // A line that runs on at both sides of the seal yields to one that is longer still.
    const clear = kept.filter(({ region }) => !seen.some((one) => one.region.width > 1.1 * region.width && isSameRun(region, one.region)))
    const fresh = seen.filter(
      (one) => !clear.some(({ region }) => isSameRun(region, one.region)) && !grown.some((seal) => isOfRing(one, seal, cut)),
    )
    // What reaches out of the seal and was not found again stays as it was seen.
    const lost = cut.filter(
      (one) =>
        grown.every((seal) => !isWithin(one.bounds, seal) && !isRing(one, seal)) &&
        coverOf(one.region, fresh) < (isSlanting(one.region) ? half : whole),
    )
    placed = [...clear, ...lost, ...fresh.filter(({ region }) => !lost.some((one) => isSameRun(one.region, region)))]
  }
  return placed.map(({ region }) => region)
}

interface Room {
  readonly room: Rectangle
  /** The lines that end under a seal: one that runs on at both sides of it was not cut. */
  readonly cut: readonly Placed[]
}

/** Each seal with the lines that it cuts; seals that cut the same lines, or lie near each other, have one room. */
function roomsOf(seals: readonly Rectangle[], placed: readonly Placed[]): Room[] {
  let rooms: Room[] = []
  for (const seal of seals) {
    const under = placed.filter(
      ({ bounds }) => reachInto(bounds, seal) > touching && !(bounds.x < seal.x && bounds.x + bounds.width > seal.x + seal.width),
    )
    if (under.length === 0) continue
    // Of rows that stand close, what was found upon a cut one is a part of it or of its neighbours: a line goes on there.
    const cut = [...under, ...placed.filter((one) => !under.includes(one) && under.some(({ region }) => isSameRun(region, one.region)))]
    let own: Room = { room: join([seal, ...cut.map(({ bounds }) => bounds)]), cut }
    // A room that grew may reach the next one.
    for (
      let near = rooms.find(({ room }) => shared(room, own.room) > 0);
      near;
      near = rooms.find(({ room }) => shared(room, own.room) > 0)
    ) {
      const other = near
      rooms = rooms.filter((one) => one !== other)
      own = { room: join([own.room, other.room]), cut: [...new Set([...own.cut, ...other.cut])] }
    }
    rooms.push(own)
  }
  return rooms
}

/** How much of its height a line lies level with a seal that it meets. */
const reachInto = (line: Rectangle, seal: Rectangle): number =>
  shared(line, seal) > 0 ? (Math.min(line.y + line.height, seal.y + seal.height) - Math.max(line.y, seal.y)) / line.height : 0

/**
 * The number that runs along the lower ring of a seal outlives its ink, and is no print under it: short, near the ring, and
 * seen by nobody before.
 */
function isOfRing({ region, bounds }: Placed, seal: Rectangle, cut: readonly Placed[]): boolean {
  if (!isWithin(bounds, seal) || region.width > 0.6 * seal.width) return false
  const below = (region.y - seal.y - seal.height / 2) / seal.height
  const beside = (region.x - seal.x - seal.width / 2) / seal.width
  return below > 0.28 && Math.hypot(below, beside) > 0.3 && !cut.some((one) => isSameRun(one.region, region))
}

/** No line of print is so high beside a seal; the letters of the ring, with print under them, come out as one region. */
const ofRing = 0.35
const isRing = ({ region, bounds }: Placed, seal: Rectangle): boolean => region.height > ofRing * seal.height && shared(bounds, seal) > 0

const isWithin = (inner: Rectangle, outer: Rectangle): boolean => shared(inner, outer) > 0.9 * area(inner)

/** The share of a line's length that the regions on it cover. */
const coverOf = (line: Region, regions: readonly Placed[]): number =>
  regions.reduce((sum, { region }) => sum + alongside(line, region), 0) / line.width

const isSameRun = (one: Region, other: Region): boolean => alongside(one, other) >= same * Math.min(one.width, other.width)

/** How long two tilted regions run upon each other; 0 when one lies above the other. */
function alongside(one: Region, other: Region): number {
  const [cos, sin] = [Math.cos(one.angle), Math.sin(one.angle)]
  const [x, y] = [other.x - one.x, other.y - one.y]
  if (Math.abs(y * cos - x * sin) > 0.4 * Math.max(one.height, other.height)) return 0
  const along = x * cos + y * sin
  return Math.max(0, Math.min(one.width / 2, along + other.width / 2) - Math.max(-one.width / 2, along - other.width / 2))
}

function shared(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return width > 0 && height > 0 ? width * height : 0
}
