/** The thread that unfolds containers, one submission at a time; what hangs or bursts it is told by where it was. */
import { parentPort } from 'node:worker_threads'
import type { PaperFile } from '../../flow.ts'
import { unpackFiles, type Unpacked } from './unpack-files.ts'

export interface UnpackTask {
  readonly files: readonly PaperFile[]
  /** Containers that brought down a thread before: named as problems, not opened. */
  readonly avoid: readonly string[]
}

/** `at`: about to open this container. `failed`: a fault of our own, by its stack. */
export type UnpackReply = { readonly at: string } | { readonly done: Unpacked } | { readonly failed: string }

const port = parentPort!

port.on('message', (task: UnpackTask) => void perform(task))

async function perform({ files, avoid }: UnpackTask): Promise<void> {
  const reply = (message: UnpackReply) => port.postMessage(message)
  try {
    reply({ done: await unpackFiles(files, { avoid: new Set(avoid), onOpen: (at) => reply({ at }) }) })
  } catch (error) {
    reply({ failed: error instanceof Error ? (error.stack ?? error.message) : 'unknown' })
  }
}
