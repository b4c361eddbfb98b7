/**
 * What `training/` taught the recognition network beyond the weights that it is published with: rare characters of names, faxes,
 * seals, hands (docs/decisions/0042, 0043). The file holds numbers of 16 bits for the constants of the simplified network that changed.
 */
import type { Constant, Graph } from './model-file.ts'

interface Part {
  readonly name: string
  readonly dims: readonly number[]
}

/** `bytes`: the length of the list as a little-endian number of 32 bits, the list as JSON (`Part[]`), then its numbers in its order (IEEE 754 binary16). */
export function takeTraining(graph: Graph, bytes: Uint8Array): Graph {
  const listEnd = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const parts = JSON.parse(new TextDecoder().decode(bytes.subarray(4, listEnd))) as readonly Part[]
  // A copy: they need not begin at an even place.
  const numbers = new Float16Array(new Uint8Array(bytes.subarray(listEnd)).buffer)
  const constants = new Map<string, Constant>(graph.constants)
  let at = 0
  for (const { name, dims } of parts) {
    const known = graph.constants.get(name)
    // Weights of one network in another would read nonsense, quietly. Only classes may be more: they are the last side.
    if (known === undefined || !isWidened(known.dims, dims)) throw new Error(`trained weights are not of this network: ${name}`)
    const count = dims.reduce((product, side) => product * side, 1)
    constants.set(name, { dims, data: Float32Array.from(numbers.subarray(at, (at += count))) })
  }
  if (at !== numbers.length) throw new Error('trained weights end elsewhere than they should')
  return { ...graph, constants }
}

const isWidened = (known: readonly number[], given: readonly number[]): boolean =>
  known.length === given.length && known.every((side, at) => (at === known.length - 1 ? given[at]! >= side : given[at] === side))
