/** Measures an engine over pictures, in the process that it has to itself. */
import type { EngineRun } from './engine-run.ts'
import { startMeter } from './start-meter.ts'

/** Reads the pictures one after another; `read` gives the text of one. Opening the engine is not counted. */
export async function timePictures(
  engine: string,
  pictures: readonly string[],
  read: (picture: string) => Promise<string>,
): Promise<EngineRun> {
  const costSoFar = startMeter()
  const texts: string[] = []
  for (const picture of pictures) {
    texts.push(await read(picture))
    process.stderr.write(`\r${engine} ${texts.length}/${pictures.length}`)
  }
  process.stderr.write('\n')
  return { ...costSoFar(), texts }
}
