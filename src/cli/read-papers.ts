/** `zhika read PATH…`: what each paper says; nothing is stored. */
import type { CommandCall } from '../cli.ts'
import type { Cover, Problem, ReadDocument } from '../flow.ts'
import { openUnpacker } from '../intake/unpack/open-unpacker.ts'
import { openLog } from '../platform/log/log.ts'
import { openReader } from '../reading/read-papers.ts'
import { readingConfig } from '../reading/reading-config.ts'
import { asContractDocument, asContractProblem } from './contract-shape.ts'
import { beginAhead } from './begin-ahead.ts'
import { findPapers, type SubmissionOnDisk } from './find-papers.ts'
import { keptCode } from './kept-code.ts'
import { keepProgress } from './print-table.ts'
import { showPapers, type Terminal } from './show-papers.ts'

export async function run({ words, options }: CommandCall): Promise<number> {
  const log = openLog('error')
  const folder = options['debug']
  // Drawing needs fonts and their programs: loaded only where it is asked for.
  const debug = typeof folder === 'string' ? await (await import('./debug/picture-pages.ts')).openDebugPictures(folder) : undefined
  const codeFolder = keptCode()
  const reader = openReader({ ...readingConfig.parse({}), ...(codeFolder === undefined ? {} : { codeFolder }), log })
  const unpacker = openUnpacker(log)
  const documents: ReadDocument[] = []
  const problems: Problem[] = []
  const covers: Cover[] = []
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const beginReading = ({ name, papers }: SubmissionOnDisk) => {
    const bar = keepProgress(name)
    const read = async () => {
      const unpacked = await unpacker.unpack(papers, stop.signal)
      return { unpacked, read: await reader.read(unpacked.papers, { signal: stop.signal, onProgress: bar.update, ...debug?.options }) }
    }
    return { bar, reading: read() }
  }
  try {
    // The pictures of one submission are kept at a time.
    for await (const [submission, begun] of beginAhead(findPapers(words), beginReading, debug ? 1 : undefined)) {
      const { bar, reading } = begun
      bar.show()
      const { unpacked, read } = await reading
      bar.stop()
      await debug?.draw(read.documents)
      documents.push(...read.documents)
      covers.push(...(read.covers ?? []))
      problems.push(...submission.problems, ...unpacked.problems, ...read.problems)
    }
  } finally {
    await unpacker.close()
    await reader.close()
  }
  if (debug) process.stderr.write(`已画出 ${debug.count} 页，存于 ${String(folder)}\n`)
  const sameName = (file: string) => file
  if (options['json'] === true) {
    const contract = {
      documents: documents.map((document) => asContractDocument(document, sameName)),
      problems: problems.map((problem) => asContractProblem(problem, sameName)),
    }
    process.stdout.write(`${JSON.stringify(covers.length > 0 ? { ...contract, covers } : contract, null, 2)}\n`)
  } else {
    process.stdout.write(showPapers(documents, problems, terminalOf(process.stdout, process.env)))
    for (const { file, page, parcel } of covers) process.stdout.write(`${file} 第 ${page} 页是邮包 ${parcel} 的扫描封面，不是材料。\n`)
  }
  return 0
}

function terminalOf(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): Terminal {
  // no-color.org: any value but the empty one.
  const colour = stream.isTTY && !env['NO_COLOR']
  return { columns: stream.isTTY ? stream.columns : 100, colour, wholeNumbers: stream.isTTY }
}
