/** The thread that reads pages, one at a time. It opens its own engine; a file that spoils it is lost with it. */
import { parentPort, workerData } from 'node:worker_threads'
import { countPictures } from '../decode/decode-picture.ts'
import { fileBounds, Unreadable } from '../decode/refuse-file.ts'
import { openEngine } from '../engine/open-engine.ts'
import type { NetworkFiles } from '../engine/network-files.ts'
import type { NetworkRun } from '../engine/open-network.ts'
import { openPdf, type Pdf } from '../pdf/open-pdf.ts'
import { openPdfium } from '../pdf/open-pdfium.ts'
import {
  stopCodes,
  type PageTask,
  type StopWord,
  type TaskAnswer,
  type TaskReply,
  type ThreadOrder,
  type ThreadParts,
} from './page-task.ts'
import { openBarcodeReader } from './read-barcodes.ts'
import { readPage } from './read-page.ts'

const port = parentPort!
const { stop, tellsRuns } = workerData as ThreadParts

/** The runs of the task under way. */
let runs: NetworkRun[] = []

function beforeRun(run: NetworkRun): void {
  const code = stopCodes[Atomics.load(stop, 0) as StopWord]
  if (code) throw new Unreadable(code)
  if (tellsRuns) runs.push(run)
  Atomics.store(stop, 1, 1)
}

const beforeOpening = (): void => void Atomics.store(stop, 1, 1)
const afterRun = (): void => void Atomics.store(stop, 1, 0)

const files = Promise.withResolvers<NetworkFiles>()
beforeOpening()
const opening = Promise.all([openEngine({ beforeOpening, beforeRun, afterRun }, files.promise).finally(afterRun), openBarcodeReader()])

/** Opened for the first PDF: most files are pictures. */
let pdfium: ReturnType<typeof openPdfium> | undefined

/** The PDF of the last task stays open: its other pages follow. */
let open: { readonly key: string; readonly pdf: Pdf } | undefined

async function pdfOf({ key, bytes }: PageTask): Promise<Pdf> {
  if (open?.key === key) return open.pdf
  open?.pdf.close()
  open = undefined
  const pdf = openPdf(await (pdfium ??= openPdfium()), bytes)
  open = { key, pdf }
  return pdf
}

async function perform(task: PageTask): Promise<TaskReply> {
  try {
    const [engine, readBarcodes] = await opening
    if (task.do === 'read') return { ok: true, value: await readPage({ engine, readBarcodes, pdfOf }, task) }
    const pages = task.format === 'pdf' ? (await pdfOf(task)).pages : await countPictures(new Uint8Array(task.bytes), task.format)
    if (pages > fileBounds.pages) throw new Unreadable('too-many-pages')
    if (pages === 0) throw new Unreadable('damaged')
    return { ok: true, value: pages }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, code: error.code }
    return { ok: false, code: 'page-failed', cause: placeOf(error) }
  }
}

/** The kind of an unexpected error and the place in our code; its message may quote a paper. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const place = error.stack
    ?.split('\n')
    .find((line) => line.includes('/src/'))
    ?.replace(/^.*\/(src\/[^)]*)\)?$/u, '$1')
  return `${error.name} ${place ?? ''}`
}

async function answer(task: PageTask): Promise<void> {
  runs = []
  const reply = await perform(task)
  port.postMessage({ reply, runs } satisfies TaskAnswer)
}

async function close(): Promise<void> {
  const [engine] = await opening
  open?.pdf.close()
  beforeOpening()
  await engine.close().finally(() => port.close())
}

let closing: Promise<void> | undefined
port.on('message', (order: ThreadOrder) => {
  if (order === 'close') void (closing ??= close())
  else if ('do' in order) void answer(order)
  else files.resolve(order)
})
await opening
port.postMessage('ready')
