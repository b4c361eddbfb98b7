/**
 * Print under a seal without colour is read twice: as it stands, and without the seal's lines. The recogniser reads through a line
 * that cuts few characters better than what is left of them, and takes a line along characters for a part of them.
 */
import { isValidIdNumber } from '../../guide/identifiers/id-number.ts'
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { FoundSeal, Raster, Rectangle, SecondLook, TextLine } from '../page.ts'
import { meets } from '../understand/text/geometry.ts'
import { lookAgain } from './look-again.ts'

/** The page as it is, and without the ink and the lines of its seals. */
export interface SealedPage {
  readonly asItIs: Raster
  readonly clean: Raster
  readonly seals: readonly FoundSeal[]
}

/** A character less sure than this speaks against a reading. */
const doubtful = 0.6

/** A run of text, in the surer of its two readings where a seal without colour lies over it. `lifted`: without lines, where read already. */
export async function readThroughSeals(engine: PageEngine, page: SealedPage, region: Region, lifted?: TextLine): Promise<TextLine> {
  const line = lifted ?? (await engine.recognise(page.clean, region))
  return isUnderGray(page, boundsOf(region)) ? surerOf(line, await engine.recognise(page.asItIs, region)) : line
}

/** The lines inside a rectangle, in the surer of their two readings. */
export async function readInsideThroughSeals(engine: PageEngine, page: SealedPage, box: Rectangle): Promise<TextLine[]> {
  const lines = await engine.readInside(page.clean, box)
  if (!isUnderGray(page, box)) return lines
  const others = await engine.readInside(page.asItIs, box)
  const sum = (all: readonly TextLine[]): number => all.reduce((so, line) => so + worth(line), 0)
  return sum(others) > sum(lines) ? others : lines
}

/** A rectangle that is known to be one line, as `how` says, in the surer of its two readings. */
export async function readLineThroughSeals(
  engine: PageEngine,
  page: SealedPage,
  box: Rectangle,
  how: SecondLook = {},
): Promise<TextLine | null> {
  if (how.withSeals) return lookAgain(engine, page.asItIs, box, how)
  const line = await lookAgain(engine, page.clean, box, how)
  if (!isUnderGray(page, box)) return line
  const other = await lookAgain(engine, page.asItIs, box, how)
  return line && other ? surerOf(line, other) : (line ?? other)
}

const isUnderGray = ({ asItIs, clean, seals }: SealedPage, box: Rectangle): boolean =>
  asItIs !== clean && seals.some((seal) => seal.color === 'gray' && meets(seal.box, box))

/** A number whose check digit holds is no chance; else the reading of which more was read surely. */
function surerOf(one: TextLine, other: TextLine): TextLine {
  return worth(other) > worth(one) ? other : one
}

const worth = (line: TextLine): number => sureness(line) + (holdsNumber(line.text) ? 10 : 0)

/** How much of a line was read surely: characters that were not speak against it. */
export const sureness = ({ glyphs }: TextLine): number =>
  glyphs.reduce((sum, { character, confidence }) => sum + (character.trim() === '' ? 0 : confidence - doubtful), 0)

const holdsNumber = (text: string): boolean => (text.toUpperCase().match(/\d{17}[\dX]/gu) ?? []).some((number) => isValidIdNumber(number))
