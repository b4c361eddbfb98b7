/** `zhika read PATH…`: what each paper says; nothing is stored. */
import type { CommandCall } from '../cli.ts'
import type { Problem, ReadDocument } from '../flow.ts'
import { documentFields, documentTitles } from '../guide/papers.ts'
import { unpackFiles } from '../intake/unpack/unpack-files.ts'
import { openLog } from '../platform/log/log.ts'
import { openReader } from '../reading/read-papers.ts'
import { readingConfig } from '../reading/reading-config.ts'
import { asContractDocument, asContractProblem } from './contract-shape.ts'
import { findPapers } from './find-papers.ts'
import { describeValue } from './describe-value.ts'
import { printTable, showProgress } from './print-table.ts'

export async function run({ words, options }: CommandCall): Promise<number> {
  const reader = openReader({ ...readingConfig.parse({}), log: openLog('error') })
  const documents: ReadDocument[] = []
  const problems: Problem[] = []
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  try {
    for await (const submission of findPapers(words)) {
      const bar = showProgress(submission.name)
      const unpacked = await unpackFiles(submission.papers)
      const read = await reader.read(unpacked.papers, { signal: stop.signal, onProgress: (done, total) => bar.update(done, total) })
      bar.stop()
      documents.push(...read.documents)
      problems.push(...submission.problems, ...unpacked.problems, ...read.problems)
    }
  } finally {
    await reader.close()
  }
  const sameName = (file: string) => file
  if (options['json'] === true)
    process.stdout.write(
      `${JSON.stringify({ documents: documents.map((document) => asContractDocument(document, sameName)), problems: problems.map((problem) => asContractProblem(problem, sameName)) }, null, 2)}\n`,
    )
  else print(documents, problems)
  return 0
}

function print(documents: readonly ReadDocument[], problems: readonly Problem[]): void {
  for (const document of documents) {
    const pages = document.pages.map(({ file, page }) => `${file} 第 ${page} 页`).join('、')
    const rows = documentFields[document.kind].map(({ name, label }) => {
      const field = document.fields[name]
      return [label, describeValue(field?.value ?? null), field?.certain === true ? '确定' : '请核对']
    })
    const seals = document.seals.map(({ text, color, role }) => [
      role === undefined || role === 'company' ? '印章' : '其他印记',
      text ?? '（环文未读出）',
      color === 'gray' ? '黑白件' : '红色',
    ])
    printTable(`${documentTitles[document.kind]}　${pages}`, ['项目', '内容', ''], [...rows, ...seals])
  }
  if (problems.length > 0)
    printTable(
      '未能读取',
      ['文件', '原因'],
      problems.map(({ file, message }) => [file, message]),
    )
  process.stdout.write(`\n共 ${documents.length} 份材料，${problems.length} 个文件问题。\n`)
}
