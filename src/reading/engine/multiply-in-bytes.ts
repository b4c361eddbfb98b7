/**
 * Three quarters of a recognition are convolutions of single pixels over many channels: products of matrices. Processors that
 * multiply whole numbers of 8 bits into sums of 32 (VNNI and the like) do these in a third of the time. Weights are rounded to
 * 255 levels a channel when the network is opened, what comes in to 256 levels of its own range at each run; everything else,
 * sums and what becomes of them included, stays as it was.
 *
 * Most of what rounded weights would change is the same for every picture, for most channels hold little else than their mean:
 * that is measured on strokes when the network is opened, and taken off again.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { writeModel, type Graph, type Operation } from './model-file.ts'
import { inOrder, keep, make, usersOf, type Workshop } from './network-workshop.ts'

/** With fewer channels, carrying the pixels to and fro costs what the products save. */
const fewestChannels = 128
/** The greatest weight of a channel; the least is its opposite. */
const levels = 127

/** The network with its large convolutions of single pixels that are followed by a hard-swish done in whole numbers. */
export async function multiplyInBytes(graph: Graph): Promise<Graph> {
  const shop: Workshop = {
    operations: new Map(graph.operations.map((operation) => [operation.outputs[0]!, operation])),
    constants: new Map(graph.constants),
  }
  const large = graph.operations.filter((operation) => isLarge(shop, operation))
  const means = await measureMeans(
    graph,
    large.map(({ inputs }) => inputs[0]!),
  )
  for (const operation of large) multiply(shop, operation, means.get(operation.inputs[0]!)!)
  const operations = inOrder(shop)
  return { ...graph, versions: new Map([...graph.versions, ['com.microsoft', 1n]]), operations, constants: usedBy(operations, shop) }
}

function usedBy(operations: readonly Operation[], { constants }: Pick<Graph, 'constants'>): Graph['constants'] {
  const used = new Set(operations.flatMap(({ inputs }) => inputs))
  return new Map([...constants].filter(([name]) => used.has(name)))
}

function isLarge(shop: Workshop, { type, inputs, outputs, attributes }: Operation): boolean {
  const weights = type === 'Conv' ? shop.constants.get(inputs[1]!) : undefined
  if (!weights || inputs.length < 3 || Number(attributes['group'] ?? 1n) !== 1) return false
  const [channels, from] = weights.dims as [number, number]
  const isWide = channels >= fewestChannels && from >= fewestChannels && weights.data.length === channels * from
  return isWide && usersOf(shop, outputs[0]!).some((user) => user.type === 'HardSigmoid')
}

function multiply(shop: Workshop, convolution: Operation, means: Float32Array): void {
  const [from, weightsName, biasName] = convolution.inputs as [string, string, string]
  const [name] = convolution.outputs as [string]
  const weights = shop.constants.get(weightsName)!
  const [channels, incoming] = weights.dims as [number, number]
  const { bytes, steps, errors } = roundWeights(weights.data as Float32Array, channels, means)
  const bias = (shop.constants.get(biasName)!.data as Float32Array).map((value, channel) => value - errors[channel]!)
  shop.constants.set(`${name}/bytes`, { dims: [incoming, channels], data: bytes })
  const kept = [keep(shop, `${name}/steps`, [channels], steps), '', keep(shop, `${name}/bias`, [channels], bias)]
  // A matrix has a pixel in each row; the network keeps a map for each channel.
  shop.operations.set(`${name}/pixels`, make('Transpose', [from], `${name}/pixels`, { perm: [0n, 2n, 3n, 1n] }))
  shop.operations.set(`${name}/products`, {
    ...make('DynamicQuantizeMatMul', [`${name}/pixels`, `${name}/bytes`, ...kept], `${name}/products`),
    domain: 'com.microsoft',
  })
  shop.operations.set(`${name}/maps`, make('Transpose', [`${name}/products`], `${name}/maps`, { perm: [0n, 3n, 1n, 2n] }))
  // A convolution that changes nothing takes the hard-swish behind it along: one pass over the pixels instead of two.
  const ones = keep(shop, `${name}/ones`, [channels, 1, 1, 1], new Float32Array(channels).fill(1))
  const onePixel = { kernel_shape: [1n, 1n], strides: [1n, 1n], pads: [0n, 0n, 0n, 0n], group: BigInt(channels) }
  shop.operations.set(name, make('Conv', [`${name}/maps`, ones], name, onePixel))
}

interface RoundedWeights {
  /** By incoming channel, then by outgoing one. */
  readonly bytes: Int8Array
  /** What a step of each outgoing channel is. */
  readonly steps: Float32Array
  /** What rounding adds to each outgoing channel where all incoming ones hold their mean. */
  readonly errors: Float32Array
}

/** Rounds weights that lie by outgoing channel, then by incoming one. */
function roundWeights(weights: Float32Array, channels: number, means: Float32Array): RoundedWeights {
  const incoming = means.length
  const bytes = new Int8Array(weights.length)
  const steps = new Float32Array(channels)
  const errors = new Float32Array(channels)
  for (let channel = 0; channel < channels; channel++) {
    const own = weights.subarray(channel * incoming, (channel + 1) * incoming)
    let most = 0
    for (const weight of own) most = Math.max(most, Math.abs(weight))
    // A channel that is always the same has no weights.
    const step = most === 0 ? 1 : most / levels
    let error = 0
    for (let at = 0; at < incoming; at++) {
      const rounded = Math.round(own[at]! / step)
      bytes[at * channels + channel] = rounded
      error += (rounded * step - own[at]!) * means[at]!
    }
    steps[channel] = step
    errors[channel] = error
  }
  return { bytes, steps, errors }
}

/** What each channel of the maps `names` holds in the mean, on strips with strokes. */
async function measureMeans(graph: Graph, names: readonly string[]): Promise<Map<string, Float32Array>> {
  const means = names.map((name) => make('GlobalAveragePool', [name], `${name}/mean`))
  const outputs = means.map((mean) => mean.outputs[0]!)
  // Nothing after the last of them is needed.
  const end = graph.operations.findLastIndex((operation) => names.some((name) => operation.outputs.includes(name)))
  const operations = [...graph.operations.slice(0, end + 1), ...means]
  const model = writeModel({ ...graph, operations, constants: usedBy(operations, graph), outputs })
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const { width, height, count } = strips
  const sums = new Map<string, Float32Array>()
  for (let strip = 0; strip < count; strip++) {
    const found = await session.run({ x: new Tensor('float32', drawStrokes(strip), [1, 3, height, width]) })
    for (const name of names) {
      const mean = found[`${name}/mean`]!.data as Float32Array
      const sum = sums.get(name)
      sums.set(
        name,
        mean.map((value, channel) => (sum?.[channel] ?? 0) + value / count),
      )
    }
  }
  await session.release()
  return sums
}

/** Strips as the network is given: large and small letters of strokes that lie and stand, 6 a letter, dark on light. */
const strips = { width: 256, height: 48, count: 3, strokes: 6, sizes: [34, 34, 34, 18], margin: 7 }

function drawStrokes(strip: number): Float32Array {
  const { width, height, strokes, sizes, margin } = strips
  // A fixed sequence (Numerical Recipes' linear congruence): the network is the same each time it is opened.
  let state = strip + 1
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const plane = new Float32Array(width * height).fill(0.9 - 0.05 * strip)
  for (let left = margin, size = 0; left < width - 48; left += size + 3 + below(3)) {
    size = sizes[below(sizes.length)]!
    for (let stroke = 0; stroke < strokes; stroke++) {
      const [thick, long, ink] = [2 + below(3), Math.floor(size / 3) + below((size * 2) / 3), -0.7 + 0.2 * below(3)]
      const [across, down] = stroke % 2 === 0 ? [long, thick] : [thick, long]
      const [x, y] = [left + below(size - across), margin + below(34 - down)]
      for (let row = y; row < y + down; row++) plane.fill(ink, row * width + x, row * width + x + across)
    }
  }
  return Float32Array.from({ length: 3 * plane.length }, (_, at) => plane[at % plane.length]!)
}
