/** Brings together what a PDF says of its own text and what is seen on its picture. */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { FormValue, Raster, Rectangle, TextLine } from '../page.ts'
import type { LayerCharacter } from '../pdf/read-text-layer.ts'

/** Lines of the layer that are read from the picture as a trial, and how alike both must be on average. */
const trials = 3
const agreement = 0.6

/**
 * The layer's lines when they are seen on the picture, else none: text that is painted white, covered, or drawn by a font
 * that shows something else than it says is a lie. A few lines are read from the picture and compared.
 */
export async function trustLayer(engine: PageEngine, raster: Raster, layer: readonly TextLine[]): Promise<readonly TextLine[]> {
  const visible = layer.filter(({ box }) => hasInk(raster, box))
  if (visible.length * 2 < layer.length) return []
  const long = visible.filter(({ text }) => text.length >= 4 && text.length <= 24)
  const tried = spread(long.length > 0 ? long : visible, trials)
  let total = 0
  for (const { text, box } of tried) {
    const grown = {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      width: box.width + box.height * 0.3,
      height: box.height * 1.1,
      angle: 0,
    }
    total += likeness(plain(text), plain((await engine.recognise(raster, grown)).text))
  }
  return tried.length > 0 && total / tried.length >= agreement ? visible : []
}

/** The layer tells a region of which it covers so much, or about whose ink it leaves out no more than this. */
const [told, leftOut] = [0.6, 0.12]

/** Regions are drawn wide about their text: of a short word (中国) most is its margin. */
function coreOf({ x, y, width, height }: Rectangle): Rectangle {
  const margin = 0.25 * Math.min(width, height)
  return { x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin }
}

/** Regions of text that the layer does not tell: pictures inside the page, text drawn as outlines, handwriting on top. */
export function uncovered(regions: readonly Region[], layer: readonly TextLine[], raster: Raster): Region[] {
  return regions.filter((region) => {
    const core = coreOf(boundsOf(region))
    const upon = layer.map(({ box }) => box).filter((box) => overlap(core, box) > 0)
    const covered = upon.reduce((sum, box) => sum + overlap(core, box), 0)
    if (covered >= core.width * core.height * told) return false
    return upon.length === 0 || inkBeside(raster, core, upon) > leftOut
  })
}

/** Words across a page that the file itself sets aslant are against misuse; in degrees, so far from level, and a region as much aslant but for so much. */
const [leastSlant, alike] = [10, 14]
/** A piece of such a word may be seen as level as its letters are few. */
const fewLetters = 3

/** Regions without those of words that the file sets aslant: only their own ink, or a part of it, is seen there. */
export function withoutSlanted(regions: readonly Region[], characters: readonly LayerCharacter[]): readonly Region[] {
  const slanted = characters
    .filter(({ turn, isBlank }) => !isBlank && Math.abs(turn - 90 * Math.round(turn / 90)) > leastSlant)
    .map(({ box, turn }) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2, slant: Math.abs(turn - 90 * Math.round(turn / 90)) }))
  if (slanted.length === 0) return regions
  return regions.filter((region) => {
    const slant = Math.abs((region.angle * 180) / Math.PI)
    const bounds = boundsOf(region)
    return !slanted.some(
      (one) =>
        one.x > bounds.x &&
        one.x < bounds.x + bounds.width &&
        one.y > bounds.y &&
        one.y < bounds.y + bounds.height &&
        (Math.abs(one.slant - slant) < alike || (slant > leastSlant / 2 && region.width < fewLetters * region.height)),
    )
  })
}

/** How much of the ink in a place lies beside the boxes: between the letters of a label that is drawn apart (性 别) there is none. */
function inkBeside({ width, height, data }: Raster, place: Rectangle, boxes: readonly Rectangle[]): number {
  const [left, end] = [Math.max(0, Math.round(place.x)), Math.min(width, Math.round(place.x + place.width))]
  const [top, low] = [Math.max(0, Math.round(place.y)), Math.min(height, Math.round(place.y + place.height))]
  let lightest = 0
  for (let y = top; y < low; y++) for (let x = left; x < end; x++) lightest = Math.max(lightest, data[(y * width + x) * 3 + 1]!)
  let [ink, beside] = [0, 0]
  for (let y = top; y < low; y++)
    for (let x = left; x < end; x++) {
      if (lightest - data[(y * width + x) * 3 + 1]! <= 60) continue
      ink++
      if (!boxes.some((box) => x >= box.x - 2 && x < box.x + box.width + 2 && y >= box.y - 2 && y < box.y + box.height + 2)) beside++
    }
  return ink === 0 ? 0 : beside / ink
}

/** Texts filled into form fields stand on the page too: as certain as a text layer, one line each. */
export function formLines(values: readonly FormValue[]): TextLine[] {
  return values.flatMap(({ value, box }): TextLine[] => {
    if (typeof value !== 'string' || value.trim() === '' || /[\r\n]/u.test(value)) return []
    // Only where it fits on one line: a wrapped one is read from the picture.
    const characters = [...value.trim()]
    const em = characters.reduce((sum, character) => sum + (/[ -~]/u.test(character) ? 0.55 : 1), 0)
    const size = Math.min(box.height * 0.8, box.width / em)
    if (size < box.height * 0.25) return []
    let left = box.x
    const glyphs = characters.map((character) => {
      const right = left + size * (/[ -~]/u.test(character) ? 0.55 : 1)
      const glyph = { character, confidence: 1, left, right }
      left = right
      return glyph
    })
    return [{ text: value.trim(), confidence: 1, box, glyphs, source: 'text-layer' }]
  })
}

/** What differs by so much, of 255, is ink and paper. */
const leastContrast = 40

/** Most have ink in their first rows. */
function hasInk({ width, height, data }: Raster, box: Rectangle): boolean {
  const [left, right] = [Math.max(0, Math.round(box.x)), Math.min(width, box.x + box.width)]
  let darkest = 255
  let lightest = 0
  for (let y = Math.max(0, Math.round(box.y)); y < Math.min(height, box.y + box.height); y += 2) {
    for (let x = left, at = (y * width + left) * 3 + 1; x < right; x += 2, at += 6) {
      const value = data[at]!
      if (value < darkest) darkest = value
      if (value > lightest) lightest = value
    }
    if (lightest - darkest > leastContrast) return true
  }
  return false
}

const spread = <Item>(items: readonly Item[], count: number): Item[] =>
  items.length <= count
    ? [...items]
    : Array.from({ length: count }, (_, index) => items[Math.floor(((index + 0.5) * items.length) / count)]!)

/** Full-width forms and blanks are no difference. */
const plain = (text: string) => text.normalize('NFKC').replace(/\s/gu, '')

/** 1 − edit distance ÷ length. */
function likeness(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return 1 - row[b.length]! / Math.max(1, a.length, b.length)
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}
