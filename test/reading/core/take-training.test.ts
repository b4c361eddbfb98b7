import { expect, it } from 'vitest'
import type { Graph } from '../../../src/reading/engine/model-file.ts'
import { takeTraining } from '../../../src/reading/engine/take-training.ts'

const graph: Graph = {
  versions: new Map(),
  operations: [],
  constants: new Map([
    ['weights', { dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
    ['bias', { dims: [2], data: Float32Array.of(5, 6) }],
  ]),
  inputs: [],
  outputs: [],
}

/** As `training/pack.py` writes it; a list of odd length puts the numbers at an odd place. */
function pack(parts: readonly { readonly name: string; readonly dims: readonly number[] }[], numbers: readonly number[]): Uint8Array {
  const list = Buffer.from(JSON.stringify(parts))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(list.length)
  return Buffer.concat([length, list, new Uint8Array(Float16Array.from(numbers).buffer)])
}

it.each(['weights', 'weights2'])('takes what was trained and keeps the rest, wherever the numbers begin: %s', (name) => {
  const given: Graph = { ...graph, constants: new Map([...graph.constants, ['weights2', graph.constants.get('weights')!]]) }
  const { constants } = takeTraining(given, pack([{ name, dims: [2, 2] }], [0.5, -1, 0, 2]))
  expect([...(constants.get(name)!.data as Float32Array)]).toEqual([0.5, -1, 0, 2])
  expect(constants.get('bias')).toBe(graph.constants.get('bias'))
})

it('takes classes that the network did not have, which are the last side', () => {
  const { constants } = takeTraining(graph, pack([{ name: 'weights', dims: [2, 3] }], [1, 2, 3, 4, 5, 6]))
  expect(constants.get('weights')).toEqual({ dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) })
  expect(() => takeTraining(graph, pack([{ name: 'weights', dims: [3, 2] }], [1, 2, 3, 4, 5, 6]))).toThrow('not of this network')
})

it('takes nothing that was trained for another network', () => {
  expect(() => takeTraining(graph, pack([{ name: 'other', dims: [1] }], [1]))).toThrow('not of this network: other')
  expect(() => takeTraining(graph, pack([{ name: 'bias', dims: [1] }], [1]))).toThrow('not of this network: bias')
  expect(() => takeTraining(graph, pack([{ name: 'bias', dims: [2] }], [1, 2, 3]))).toThrow('end elsewhere')
  expect(() => takeTraining(graph, pack([{ name: 'bias', dims: [2] }], [1]))).toThrow('end elsewhere')
})
