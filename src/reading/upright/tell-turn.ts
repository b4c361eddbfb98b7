/** Which way a page lies: the shape of its lines tells upright from sideways, a trial reading tells head from foot. */
import type { Quarter } from '../decode/orient-raster.ts'
import type { Region } from '../engine/measure-regions.ts'
import type { PageEngine } from '../engine/open-engine.ts'
import type { Raster } from '../page.ts'
import { faceText } from './map-region.ts'

/** A line that reads with this confidence and length is the right way up: upside-down Chinese reads as junk below 0.8. */
const plain = { confidence: 0.93, characters: 4 }
const trials = 5
/** Long enough to judge, short enough to be cheap. */
const idealShape = 7

/** Degrees clockwise that the page must be turned. An upright page costs one or two short lines of reading. */
export async function tellTurn(engine: PageEngine, raster: Raster, regions: readonly Region[]): Promise<Quarter> {
  const area = (list: readonly Region[]) => list.reduce((sum, { width, height }) => sum + width * height, 0)
  const tall = regions.filter(({ width, height }) => height > width * 1.5)
  const wide = regions.filter(({ width, height }) => width > height * 1.5)
  const isSideways = area(tall) > area(wide)
  const [one, other]: [Quarter, Quarter] = isSideways ? [90, 270] : [0, 180]
  const shape = ({ width, height }: Region) => Math.abs(Math.log(Math.max(width, height) / Math.min(width, height) / idealShape))
  const candidates = (isSideways ? tall : wide).filter(
    (region) => Math.max(region.width, region.height) < 20 * Math.min(region.width, region.height),
  )
  const tried = candidates.sort((a, b) => shape(a) - shape(b)).slice(0, trials)
  let balance = 0
  for (const region of tried) {
    const ahead = await readTrial(engine, raster, faceText(region, one))
    if (ahead.isPlain) return one
    const behind = await readTrial(engine, raster, faceText(region, other))
    if (behind.isPlain) return other
    balance += ahead.score - behind.score
  }
  // Nothing to tell it by: most pages lie right.
  return balance < 0 ? other : one
}

async function readTrial(engine: PageEngine, raster: Raster, region: Region): Promise<{ isPlain: boolean; score: number }> {
  const { text, confidence, glyphs } = await engine.recognise(raster, region)
  // Digits, I, X and the like read as well upside down: only Chinese characters count.
  const chinese = glyphs.filter(({ character }) => /\p{Script=Han}/u.test(character))
  const isChinese = chinese.length >= plain.characters && chinese.length * 2 > text.length
  return {
    isPlain: isChinese && confidence >= plain.confidence,
    score: chinese.reduce((sum, glyph) => sum + glyph.confidence ** 4, 0) * confidence,
  }
}
