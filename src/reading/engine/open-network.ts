/** The networks of PP-OCRv4 (small, Chinese), and its recognition trained further, on onnxruntime, one thread each. */
import './no-telemetry.ts'
import { InferenceSession, type Tensor } from 'onnxruntime-node'
import { networkFiles, type NetworkFiles } from './network-files.ts'

/** One run of a network: which one, and the size of its picture in pixels. */
export interface NetworkRun {
  readonly network: keyof NetworkFiles
  readonly width: number
  readonly height: number
}

/** Who is told of runs: before each, where what it throws keeps it from being made, and after each; and before a network is opened amid a page, with `afterRun` to follow. */
export interface Supervisor {
  beforeOpening?(this: void): void
  beforeRun?(this: void, run: NetworkRun): void
  afterRun?(this: void): void
}

/** A network of one input (1 × 3 × height × width) and one output. */
export interface Network {
  /** The output is written into `output` when it is given, which is then what is returned: its dimensions must be right. */
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

export async function openNetwork(
  network: keyof NetworkFiles,
  { beforeRun, afterRun }: Supervisor,
  files: Promise<NetworkFiles> = networkFiles(),
): Promise<Network> {
  // The engine takes no shared memory.
  const model = new Uint8Array((await files)[network])
  // Pages come in few sizes: a plan of memory kept for each saves a twentieth. Lines come in all widths: plans would only pile up.
  const session = await InferenceSession.create(model, { ...sessionOptions, enableMemPattern: network === 'detection' })
  const name = session.outputNames[0]!
  return {
    async run(input, output) {
      beforeRun?.({ network, height: input.dims[2]!, width: input.dims[3]! })
      try {
        const made = (await session.run({ x: input }, { [name]: output ?? null }))[name]!
        if (output) giveBack(made, output)
        return output ?? made
      } finally {
        afterRun?.()
      }
    },
    close: () => session.release(),
  }
}

/**
 * The binding hands over a copy of what it wrote into `output`, of a line 1 to 5 MB. Left to the garbage collector they are what makes it
 * look for garbage: 40 MB a page.
 */
function giveBack(made: Tensor, output: Tensor): void {
  const [copy, own] = [made, output].map(({ data }) => (data as Float32Array<ArrayBuffer>).buffer)
  if (copy !== own) copy!.transfer(0)
}
