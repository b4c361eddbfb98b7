/**
 * The detection network enlarges maps by repeating their pixels and convolves what it gets. A convolution of 3 × 3 over a map
 * of doubled pixels sees no more than two rows and two columns of the small one, so it is done there, once for each of the
 * four places of a pixel: half of the multiplications, which at full size are a third of the network's. Results differ by
 * rounding alone.
 */
import type { Operation } from './model-file.ts'
import { keep, make, usersOf, type Workshop } from './network-workshop.ts'

export function convolveBeforeEnlarging(shop: Workshop): void {
  convolveTogether(shop)
  convolveLevels(shop)
}

/** How many times as large a nearest-neighbour enlargement makes a map; 1 for what is none. */
function enlargementOf({ operations, constants }: Workshop, name: string): number {
  const operation = operations.get(name)
  if (operation?.type !== 'Resize' || operation.attributes['mode'] !== 'nearest') return 1
  const scales = constants.get(operation.inputs[2]!)!.data
  return scales[2] === scales[3] ? Number(scales[3]) : 1
}

/** Weights of a convolution of 3 × 3 that keeps a map's size; undefined for any other operation. */
function weightsOf({ constants }: Workshop, operation: Operation): Weights | undefined {
  const kernel = operation.attributes['kernel_shape'] as readonly bigint[] | undefined
  if (operation.type !== 'Conv' || kernel?.join() !== '3,3' || Number(operation.attributes['group'] ?? 1n) !== 1) return undefined
  const isSame = ['strides', 'pads'].every((name) => (operation.attributes[name] as readonly bigint[]).every((side) => side === 1n))
  const weights = constants.get(operation.inputs[1]!)
  if (!isSame || !(weights?.data instanceof Float32Array)) return undefined
  return { out: weights.dims[0]!, into: weights.dims[1]!, data: weights.data }
}

/** By outgoing channel, incoming channel, row, column. */
interface Weights {
  readonly out: number
  readonly into: number
  readonly data: Float32Array
}

/** Those of some of the incoming channels. */
function slice({ out, into, data }: Weights, from: number, to: number): Weights {
  const part = new Float32Array(out * (to - from) * 9)
  for (let channel = 0; channel < out; channel++)
    part.set(data.subarray((channel * into + from) * 9, (channel * into + to) * 9), channel * (to - from) * 9)
  return { out, into: to - from, data: part }
}

/** Adds the operations that convolve a small map as if each of its pixels were four; the name of what they make. */
function convolveDoubled(shop: Workshop, small: string, weights: Weights, name: string): string {
  const rows = [0, 1].map((row) => {
    const made = `${name}/row${row}`
    const pads = [BigInt(1 - row), 1n, BigInt(row), 1n]
    const inputs = [small, keep(shop, `${made}/weights`, [2 * weights.out, weights.into, 2, 3], ofRow(weights, row))]
    shop.operations.set(made, make('Conv', inputs, made, { kernel_shape: [2n, 3n], strides: [1n, 1n], pads, group: 1n }))
    return made
  })
  shop.operations.set(`${name}/rows`, make('Concat', rows, `${name}/rows`, { axis: 1n }))
  shop.operations.set(`${name}/doubled`, make('DepthToSpace', [`${name}/rows`], `${name}/doubled`, { blocksize: 2n }))
  return `${name}/doubled`
}

/** Of the upper (0) or lower (1) pixels of four: the left ones' channels, then the right ones'. */
function ofRow({ out, into, data }: Weights, row: number): Float32Array {
  const summed = new Float32Array(2 * out * into * 6)
  for (let column = 0; column < 2; column++)
    for (let channel = 0; channel < out * into; channel++)
      for (let at = 0; at < 9; at++) {
        // The row above an upper pixel is of the pixel above; the one below it is of the same pixel.
        const down = Math.floor((row + Math.floor(at / 3) - 1) / 2) + 1 - row
        const right = Math.floor((column + (at % 3) - 1) / 2) + 1
        summed[((column * out * into + channel) * 2 + down) * 3 + right]! += data[channel * 9 + at]!
      }
  return summed
}

/** A convolution over maps of several sizes, enlarged and laid together: the enlarged ones are laid together at half the size. */
function convolveTogether(shop: Workshop): void {
  for (const [name, convolution] of shop.operations) {
    const weights = weightsOf(shop, convolution)
    const together = shop.operations.get(convolution.inputs[0]!)
    if (!weights || together?.type !== 'Concat') continue
    const scales = together.inputs.map((input) => enlargementOf(shop, input))
    const own = together.inputs.at(-1)!
    if (scales.at(-1) !== 1 || scales.slice(0, -1).some((scale) => scale % 2 !== 0)) continue
    const channels = channelsOf(shop, own)
    if (channels === undefined) continue
    const halves = together.inputs.slice(0, -1).map((input, at) => {
      const resize = shop.operations.get(input)!
      if (scales[at] === 2) return resize.inputs[0]!
      const half = `${input}/half`
      const scale = keep(shop, `${half}/scale`, [4], Float32Array.of(1, 1, scales[at]! / 2, scales[at]! / 2))
      shop.operations.set(half, { ...resize, inputs: [resize.inputs[0]!, resize.inputs[1]!, scale], outputs: [half] })
      return half
    })
    shop.operations.set(`${name}/halves`, make('Concat', halves, `${name}/halves`, { axis: 1n }))
    const rest = weights.into - channels
    const enlarged = convolveDoubled(shop, `${name}/halves`, slice(weights, 0, rest), name)
    convolveOwn(shop, convolution, own, slice(weights, rest, weights.into))
    shop.operations.set(name, make('Add', [`${name}/own`, enlarged], name))
    drop(shop, [together.outputs[0]!, ...together.inputs])
  }
}

/** The part of a convolution over the map of full size. Where that is gated, the gate goes into the weights, which are few. */
function convolveOwn(shop: Workshop, convolution: Operation, own: string, { out, into, data }: Weights): void {
  const name = `${convolution.outputs[0]!}/own`
  const weights = keep(shop, `${name}/weights`, [out, into, 3, 3], data)
  const gated = shop.operations.get(own)
  const [x, used] = gated?.type === 'Mul' ? [gated.inputs[0]!, `${name}/gated`] : [own, weights]
  if (gated?.type === 'Mul') shop.operations.set(used, make('Mul', [weights, gated.inputs[1]!], used))
  shop.operations.set(name, { ...convolution, inputs: [x, used, ...convolution.inputs.slice(2)], outputs: [name] })
}

/** How many channels a map has that a convolution made, gated or not. */
function channelsOf(shop: Workshop, name: string): number | undefined {
  const operation = shop.operations.get(name)
  if (operation?.type === 'Mul') return channelsOf(shop, operation.inputs[0]!)
  return operation?.type === 'Conv' ? shop.constants.get(operation.inputs[1]!)?.dims[0] : undefined
}

/**
 * A convolution over the sum of a doubled map and of few channels that are spread over many and gated (each many-channelled one
 * times a number that the picture decides): spreading and gating go into the weights, which are made anew for each picture.
 */
function convolveLevels(shop: Workshop): void {
  const { operations, constants } = shop
  for (const [name, convolution] of operations) {
    const weights = weightsOf(shop, convolution)
    const sum = operations.get(convolution.inputs[0]!)
    if (!weights || sum?.type !== 'Add' || convolution.inputs.length > 2 || usersOf(shop, sum.outputs[0]!).length !== 1) continue
    const [gatedName, doubledName] = sum.inputs as [string, string]
    const gated = operations.get(gatedName)
    const spread = operations.get(gated?.inputs[0] ?? '')
    if (enlargementOf(shop, doubledName) !== 2 || gated?.type !== 'Mul' || spread?.type !== 'Conv' || spread.inputs.length > 2) continue
    const spreading = constants.get(spread.inputs[1]!)!
    const [many, few] = spreading.dims as [number, number]
    if (spreading.data.length !== many * few) continue
    const [x, gate] = [spread.inputs[0]!, gated.inputs[1]!]
    const average = usersOf(shop, spread.outputs[0]!).find(({ type }) => type === 'GlobalAveragePool')
    if (!average || usersOf(shop, spread.outputs[0]!).length !== 2) continue

    // The mean of what is spread is the mean, spread.
    operations.set(`${name}/mean`, make('GlobalAveragePool', [x], `${name}/mean`))
    operations.set(average.outputs[0]!, { ...spread, inputs: [`${name}/mean`, spread.inputs[1]!], outputs: [average.outputs[0]!] })
    const turned = Float32Array.from({ length: few * many }, (_, at) => Number(spreading.data[(at % many) * few + Math.floor(at / many)]))
    const kept = {
      spread: keep(shop, `${name}/spread`, [few, many], turned),
      weights: keep(shop, `${name}/flat/weights`, [weights.out, many, 9], weights.data),
    }
    constants.set(`${name}/row`, { dims: [2], data: BigInt64Array.of(1n, BigInt(many)) })
    constants.set(`${name}/shape`, { dims: [4], data: BigInt64Array.of(BigInt(weights.out), BigInt(few), 3n, 3n) })
    operations.set(`${name}/gate`, make('Reshape', [gate, `${name}/row`], `${name}/gate`))
    operations.set(`${name}/gated`, make('Mul', [kept.spread, `${name}/gate`], `${name}/gated`))
    operations.set(`${name}/flat`, make('MatMul', [`${name}/gated`, kept.weights], `${name}/flat`))
    operations.set(`${name}/made`, make('Reshape', [`${name}/flat`, `${name}/shape`], `${name}/made`))
    operations.set(`${name}/few`, { ...convolution, inputs: [x, `${name}/made`], outputs: [`${name}/few`] })
    const small = operations.get(doubledName)!.inputs[0]!
    operations.set(name, make('Add', [`${name}/few`, convolveDoubled(shop, small, weights, name)], name))
    drop(shop, [sum.outputs[0]!, gatedName, spread.outputs[0]!, doubledName])
  }
}

/** Takes away operations that nothing uses any more. */
function drop(shop: Workshop, names: readonly string[]): void {
  for (const name of names) if (usersOf(shop, name).length === 0) shop.operations.delete(name)
}
