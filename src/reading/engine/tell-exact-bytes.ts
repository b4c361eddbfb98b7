/**
 * Older processors multiply whole numbers of 8 bits into sums of 16, which are cut off where they do not fit: networks would
 * read worse there, and hardly faster. Whether this one does is tried out on the greatest numbers there are.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describeNumbers, writeModel, type Graph } from './model-file.ts'
import { keep, make, type Workshop } from './network-workshop.ts'

/** Pixels and channels, as many as a product of matrices takes at a time. */
const side = 64

/** Whether products in whole numbers of 8 bits come out as they should. */
export async function tellExactBytes(): Promise<boolean> {
  const session = await InferenceSession.create(writeModel(greatestProducts()), { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const ones = new Tensor('float32', new Float32Array(side * side).fill(1), [side, side])
  const { y } = await session.run({ x: ones })
  await session.release()
  return (y!.data as Float32Array).every((sum) => Math.abs(sum / side - 1) < 0.01)
}

/** Multiplies ones with ones, both written as the greatest whole numbers. */
function greatestProducts(): Graph {
  const shop: Workshop = { operations: new Map(), constants: new Map() }
  shop.constants.set('bytes', { dims: [side, side], data: new Int8Array(side * side).fill(127) })
  const steps = keep(shop, 'steps', [side], new Float32Array(side).fill(1 / 127))
  return {
    versions: new Map([
      ['', 13n],
      ['com.microsoft', 1n],
    ]),
    operations: [{ ...make('DynamicQuantizeMatMul', ['x', 'bytes', steps], 'y'), domain: 'com.microsoft' }],
    constants: shop.constants,
    inputs: [describeNumbers('x')],
    outputs: ['y'],
  }
}
