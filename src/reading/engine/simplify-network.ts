/**
 * Rewrites a network to the same function in fewer steps. PaddleOCR's files spell out hard-swish in four operations and keep
 * the learnable affine blocks of PP-LCNetV3 as multiplications and additions by one number: these passes over the pixels cost
 * as much as half of the convolutions. Results differ by rounding alone.
 */
import { convolveBeforeEnlarging } from './convolve-before-enlarging.ts'
import type { Graph, Operation } from './model-file.ts'
import { inOrder, keep, make, usersOf, type Workshop } from './network-workshop.ts'

export function simplifyNetwork(graph: Graph): Graph {
  const shop: Workshop = {
    operations: new Map(graph.operations.map((operation) => [operation.outputs[0]!, operation])),
    constants: new Map(graph.constants),
  }
  dropNeutral(shop)
  writeHardSwish(shop)
  foldAfterwards(shop)
  pushAffine(shop)
  joinResidual(shop)
  convolveBeforeEnlarging(shop)
  joinPointwise(shop)
  enlargeLast(shop)
  const operations = inOrder(shop)
  const used = new Set(operations.flatMap(({ inputs }) => inputs))
  return { ...graph, operations, constants: new Map([...shop.constants].filter(([name]) => used.has(name))) }
}

/** The one number that an input is, when it is one. */
function scalarAt({ constants }: Workshop, name: string): number | undefined {
  const constant = constants.get(name)
  return constant?.data.length === 1 && constant.data instanceof Float32Array ? constant.data[0] : undefined
}

/** What an operation of two inputs does with one number: the number and the other input. */
function byNumber(shop: Workshop, operation: Operation | undefined, type: string): { value: number; other: string } | undefined {
  if (operation?.type !== type) return undefined
  const [first, second] = operation.inputs as [string, string]
  const value = scalarAt(shop, second)
  if (value !== undefined) return { value, other: first }
  const ahead = type === 'Mul' || type === 'Add' ? scalarAt(shop, first) : undefined
  return ahead === undefined ? undefined : { value: ahead, other: second }
}

/** Multiplying by 1 is nothing. */
function dropNeutral(shop: Workshop): void {
  for (const [name, operation] of shop.operations) {
    const scaled = byNumber(shop, operation, 'Mul')
    if (scaled?.value !== 1) continue
    shop.operations.delete(name)
    for (const user of usersOf(shop, name))
      shop.operations.set(user.outputs[0]!, { ...user, inputs: user.inputs.map((input) => (input === name ? scaled.other : input)) })
  }
}

/** x · min(6, max(0, x + 3)) / 6 (Howard et al. 2019) is x times its hard sigmoid. */
function writeHardSwish(shop: Workshop): void {
  const { operations } = shop
  for (const [name, operation] of operations) {
    const product = byNumber(shop, operation, 'Div')
    if (product?.value !== 6) continue
    const [x, clipped] = operations.get(product.other)?.inputs ?? []
    const clip = operations.get(clipped ?? '')
    const raised = byNumber(shop, operations.get(clip?.inputs[0] ?? ''), 'Add')
    if (clip?.type !== 'Clip' || raised?.value !== 3 || raised.other !== x) continue
    operations.delete(product.other)
    operations.delete(clip.inputs[0]!)
    operations.set(clipped!, make('HardSigmoid', [x], clipped!, { alpha: 1 / 6, beta: 0.5 }))
    operations.set(name, make('Mul', [x, clipped!], name))
  }
}

/** What is multiplied and added to each channel, when an operation does nothing else to its first input. */
interface Affine {
  readonly from: string
  readonly scale: (channel: number) => number
  readonly shift: (channel: number) => number
}

function asAffine(shop: Workshop, operation: Operation, channels: number): Affine | undefined {
  if (operation.type === 'BatchNormalization') {
    const [gamma, beta, mean, variance] = operation.inputs.slice(1).map((name) => shop.constants.get(name)!.data as Float32Array)
    const scale = (at: number) => gamma![at]! / Math.sqrt(variance![at]! + (operation.attributes['epsilon'] as number))
    return { from: operation.inputs[0]!, scale, shift: (at) => beta![at]! - mean![at]! * scale(at) }
  }
  if (operation.type !== 'Mul' && operation.type !== 'Add') return undefined
  const at = operation.inputs.findIndex((name) => shop.constants.has(name))
  const constant = shop.constants.get(operation.inputs[at] ?? '')
  const isOfChannels = constant?.dims.length === 4 && constant.dims[1] === channels && constant.data.length === channels
  if (!constant || !(constant.data.length === 1 || isOfChannels)) return undefined
  const value = (channel: number) => Number(constant.data[constant.data.length === 1 ? 0 : channel]!)
  const from = operation.inputs[1 - at]!
  return operation.type === 'Mul' ? { from, scale: value, shift: () => 0 } : { from, scale: () => 1, shift: value }
}

const channelsOut = (shop: Workshop, { type, inputs, attributes }: Operation): number => {
  const { dims } = shop.constants.get(inputs[1]!)!
  return type === 'Conv' ? dims[0]! : dims[1]! * Number(attributes['group'] ?? 1n)
}

/** What only scales and shifts what a convolution has made goes into its weights. */
function foldAfterwards(shop: Workshop): void {
  for (const [name, operation] of shop.operations) {
    const made = operation.inputs
      .map((input) => shop.operations.get(input))
      .find((one) => one?.type === 'Conv' || one?.type === 'ConvTranspose')
    if (!made || !shop.constants.has(made.inputs[1]!) || usersOf(shop, made.outputs[0]!).length !== 1) continue
    const channels = channelsOut(shop, made)
    const affine = asAffine(shop, operation, channels)
    if (!affine) continue
    const isTransposed = made.type === 'ConvTranspose'
    const weights = shop.constants.get(made.inputs[1]!)!
    // Weights lie by outgoing channel first; those of a transposed one by incoming channel, then outgoing.
    const run = isTransposed ? weights.dims[2]! * weights.dims[3]! : weights.data.length / channels
    const scales = Float64Array.from({ length: channels }, (_, channel) => affine.scale(channel))
    const bias = made.inputs[2] === undefined ? new Float32Array(channels) : (shop.constants.get(made.inputs[2])!.data as Float32Array)
    shop.operations.delete(made.outputs[0]!)
    shop.operations.set(name, {
      ...made,
      inputs: [
        made.inputs[0]!,
        keep(shop, `${name}/weights`, weights.dims, scaleRuns(weights.data as Float32Array, run, scales)),
        keep(
          shop,
          `${name}/bias`,
          [channels],
          bias.map((value, at) => value * scales[at]! + affine.shift(at)),
        ),
      ],
      outputs: [name],
    })
  }
}

/** Each run of numbers times the next scale; after the last comes the first again. */
function scaleRuns(data: Float32Array, run: number, scales: Float64Array): Float32Array {
  const scaled = new Float32Array(data.length)
  for (let start = 0, at = 0, turn = 0; start < data.length; start += run, turn = (turn + 1) % scales.length) {
    const scale = scales[turn]!
    for (const end = start + run; at < end; at++) scaled[at] = data[at]! * scale
  }
  return scaled
}

/**
 * y = s·x + b before convolutions goes into their weights. At a padded edge y is 0, not b: there it is made by a convolution
 * of each channel by itself, which onnxruntime does in its own order of channels; an addition is done in another order, with
 * two passes more to change between them.
 */
function pushAffine(shop: Workshop): void {
  for (const [name, operation] of shop.operations) {
    const added = byNumber(shop, operation, 'Add')
    const scaled = added && byNumber(shop, shop.operations.get(added.other), 'Mul')
    if (!added || !scaled || usersOf(shop, added.other).length !== 1) continue
    const channels = channelsMade(shop, scaled.other)
    if (channels === undefined) continue
    const users = usersOf(shop, name)
    const unpadded = users.filter((user) => user.type === 'Conv' && shop.constants.has(user.inputs[1]!) && !isPadded(user))
    for (const user of unpadded) takeAffine(shop, user, scaled.other, scaled.value, added.value)
    shop.operations.delete(added.other)
    if (unpadded.length === users.length) shop.operations.delete(name)
    else
      shop.operations.set(
        name,
        make(
          'Conv',
          [
            scaled.other,
            keep(shop, `${name}/weights`, [channels, 1, 1, 1], new Float32Array(channels).fill(scaled.value)),
            keep(shop, `${name}/bias`, [channels], new Float32Array(channels).fill(added.value)),
          ],
          name,
          { kernel_shape: [1n, 1n], strides: [1n, 1n], pads: [0n, 0n, 0n, 0n], group: BigInt(channels) },
        ),
      )
  }
}

const isPadded = ({ attributes }: Operation): boolean => (attributes['pads'] as readonly bigint[]).some((side) => side !== 0n)

/** How many channels a convolution's activation has. */
function channelsMade(shop: Workshop, name: string): number | undefined {
  const operation = shop.operations.get(name)
  if (operation?.type === 'Conv') return channelsOut(shop, operation)
  return operation?.type === 'Mul' ? channelsMade(shop, operation.inputs[0]!) : undefined
}

/** The convolution of `from`, where it was one of scale · from + shift. */
function takeAffine(shop: Workshop, convolution: Operation, from: string, scale: number, shift: number): void {
  const [, weightsName, biasName] = convolution.inputs
  const weights = shop.constants.get(weightsName!)!
  const data = weights.data as Float32Array
  const [channels] = weights.dims as [number]
  const each = data.length / channels
  const bias = biasName === undefined ? new Float32Array(channels) : (shop.constants.get(biasName)!.data as Float32Array)
  const sum = (channel: number) => data.subarray(channel * each, (channel + 1) * each).reduce((total, value) => total + value, 0)
  const made = convolution.outputs[0]!
  shop.operations.set(made, {
    ...convolution,
    inputs: [
      from,
      keep(shop, `${made}/weights`, weights.dims, scaleRuns(data, data.length, Float64Array.of(scale))),
      keep(
        shop,
        `${made}/bias`,
        [channels],
        bias.map((value, at) => value + shift * sum(at)),
      ),
    ],
  })
}

/** x + x·h is x·(h + 1), and h is one number a channel: one pass less. */
function joinResidual(shop: Workshop): void {
  const { operations } = shop
  for (const [name, operation] of operations) {
    if (operation.type !== 'Add') continue
    const [x, productName] = operation.inputs as [string, string]
    const product = operations.get(productName)
    const [first, gate] = product?.type === 'Mul' ? product.inputs : []
    if (first !== x || operations.get(gate ?? '')?.type !== 'HardSigmoid') continue
    operations.set(productName, make('Add', [gate!, keep(shop, `${productName}/one`, [1], Float32Array.of(1))], productName))
    operations.set(name, make('Mul', [x, productName], name))
  }
}

/** Two convolutions of single pixels after each other are one, which is made where it costs less. */
function joinPointwise(shop: Workshop): void {
  const { operations, constants } = shop
  const isPointwise = (operation: Operation | undefined): operation is Operation => {
    const weights = operation?.type === 'Conv' ? constants.get(operation.inputs[1]!) : undefined
    if (!operation || !weights || Number(operation.attributes['group'] ?? 1n) !== 1) return false
    return weights.data.length === weights.dims[0]! * weights.dims[1]!
  }
  for (const [name, outer] of operations) {
    const inner = operations.get(outer.inputs[0]!)
    if (!isPointwise(outer) || !isPointwise(inner) || usersOf(shop, outer.inputs[0]!).length !== 1) continue
    const [before, after] = [constants.get(inner.inputs[1]!)!, constants.get(outer.inputs[1]!)!]
    const [from, between, to] = [before.dims[1]!, before.dims[0]!, after.dims[0]!]
    if (from * to > (from + to) * between) continue
    const weights = new Float32Array(to * from)
    const inside = before.data as Float32Array
    const bias = new Float32Array(to)
    const biasOf = ({ inputs }: Operation, at: number) => (inputs[2] === undefined ? 0 : Number(constants.get(inputs[2])!.data[at]))
    for (let out = 0; out < to; out++) {
      bias[out] = biasOf(outer, out)
      for (let middle = 0; middle < between; middle++) {
        const share = after.data[out * between + middle] as number
        bias[out]! += share * biasOf(inner, middle)
        const row = middle * from
        for (let at = 0, into = out * from; at < from; at++, into++) weights[into]! += share * inside[row + at]!
      }
    }
    operations.delete(outer.inputs[0]!)
    operations.set(name, {
      ...inner,
      inputs: [inner.inputs[0]!, keep(shop, `${name}/weights`, [to, from, 1, 1], weights), keep(shop, `${name}/bias`, [to], bias)],
      outputs: [name],
    })
  }
}

/**
 * The detection's last steps double the picture twice, each pixel by itself: they are convolutions of single pixels into four
 * times the channels, done while the picture is small; at the end channels become pixels.
 */
function enlargeLast(shop: Workshop): void {
  const { operations, constants } = shop
  const isDoubling = (operation: Operation | undefined): operation is Operation =>
    operation?.type === 'ConvTranspose' &&
    ['kernel_shape', 'strides'].every((name) => (operation.attributes[name] as readonly bigint[]).every((side) => side === 2n))
  for (const [name, sigmoid] of operations) {
    const second = sigmoid.type === 'Sigmoid' ? operations.get(sigmoid.inputs[0]!) : undefined
    const relu = operations.get(second?.inputs[0] ?? '')
    const first = operations.get(relu?.inputs[0] ?? '')
    if (!isDoubling(second) || relu?.type !== 'Relu' || !isDoubling(first)) continue
    const [weights, lastWeights] = [constants.get(first.inputs[1]!)!, constants.get(second.inputs[1]!)!]
    const [bias, lastBias] = [constants.get(first.inputs[2]!)!, constants.get(second.inputs[2]!)!]
    const [from, between] = weights.dims as [number, number]
    const wide = new Float32Array(4 * between * from)
    const last = new Float32Array(16 * 4 * between)
    for (let part = 0; part < 4; part++)
      for (let middle = 0; middle < between; middle++) {
        for (let at = 0; at < from; at++)
          wide[(part * between + middle) * from + at] = weights.data[(at * between + middle) * 4 + part] as number
        for (let inner = 0; inner < 4; inner++) {
          const [row, column] = [(part >> 1) * 2 + (inner >> 1), (part & 1) * 2 + (inner & 1)]
          last[(row * 4 + column) * 4 * between + part * between + middle] = lastWeights.data[middle * 4 + inner] as number
        }
      }
    const onePixel = { kernel_shape: [1n, 1n], strides: [1n, 1n], pads: [0n, 0n, 0n, 0n], group: 1n }
    const [wideName, reluName, lastName] = [first.outputs[0]!, relu.outputs[0]!, second.outputs[0]!]
    const wideBias = Float32Array.from({ length: 4 * between }, (_, at) => bias.data[at % between] as number)
    const wideInputs = [
      keep(shop, `${wideName}/weights`, [4 * between, from, 1, 1], wide),
      keep(shop, `${wideName}/bias`, [4 * between], wideBias),
    ]
    operations.set(wideName, make('Conv', [first.inputs[0]!, ...wideInputs], wideName, onePixel))
    const lastInputs = [
      keep(shop, `${lastName}/weights`, [16, 4 * between, 1, 1], last),
      keep(shop, `${lastName}/bias`, [16], new Float32Array(16).fill(lastBias.data[0] as number)),
    ]
    operations.set(lastName, make('Conv', [reluName, ...lastInputs], lastName, onePixel))
    operations.delete(name)
    operations.set(`${name}/small`, make('Sigmoid', [lastName], `${name}/small`))
    operations.set(name, make('DepthToSpace', [`${name}/small`], name, { blocksize: 4n }))
  }
}
