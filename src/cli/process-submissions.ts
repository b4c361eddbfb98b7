/** `zhika process PATH…`: every submission goes the whole way up to the clerk's decision and is stored. */
import { setTimeout as wait } from 'node:timers/promises'
import type { CommandCall } from '../cli.ts'
import { decisionTitles, statusTitles, type Application } from '../application/record.ts'
import type { Problem } from '../flow.ts'
import { assembleApplications, readSubmission } from '../flow.ts'
import { serviceTitles } from '../guide/papers.ts'
import type { Zhika } from '../main.ts'
import { beginAhead } from './begin-ahead.ts'
import { asContractDocument, asContractFinding, asContractProblem, type NameFile } from './contract-shape.ts'
import { findPapers, type SubmissionOnDisk } from './find-papers.ts'
import { openConfigured } from './open-configured.ts'
import { keepProgress, printTable, type ProgressBar } from './print-table.ts'

interface Taken {
  readonly submissionId: string
  readonly name: string
  readonly duplicate: boolean
  readonly nameFile: NameFile
}

interface Processed {
  readonly name: string
  readonly applications: readonly Application[]
  readonly problems: readonly Problem[]
  readonly duplicate: boolean
  readonly nameFile: NameFile
}

export async function run({ words, options }: CommandCall): Promise<number> {
  const zhika = await openConfigured()
  const taken: Taken[] = []
  const processed: Processed[] = []
  try {
    zhika.work()
    const beginReading = ({ name, papers }: SubmissionOnDisk) => {
      const bar = keepProgress(name)
      return { bar, reading: zhika.readAhead(papers, bar.update) }
    }
    for await (const [submission, { bar, reading }] of beginAhead(findPapers(words), beginReading)) {
      const { name, prefix } = submission
      bar.show()
      // What failed is tried again on the way through the flow, which tells it.
      await reading.catch(() => undefined)
      const inside = (file: string) => (file.startsWith(prefix) ? file.slice(prefix.length) : file)
      const nameFile = (file: string) => `${prefix}${file}`
      const received = await zhika.intake.receive({
        door: 'folder',
        name,
        files: submission.papers.map(({ file, bytes }) => ({ file: inside(file), bytes })),
        problems: submission.problems.map((problem) => ({ ...problem, file: inside(problem.file) })),
      })
      // The same bytes again: what became of them the first time is the answer.
      const submissionId = received.duplicateOf ?? received.submissionId
      await settle(zhika, submissionId, bar)
      bar.stop()
      taken.push({ submissionId, name, duplicate: received.duplicateOf !== null, nameFile })
    }
    await zhika.drain()
    // Papers of a later submission may have joined an earlier one's application.
    for (const { submissionId, ...told } of taken) processed.push({ ...told, ...(await outcomeOf(zhika, submissionId)) })
  } finally {
    await zhika.close()
  }
  if (options['json'] === true) process.stdout.write(`${JSON.stringify({ submissions: processed.map(asContract) }, null, 2)}\n`)
  else print(processed)
  return 0
}

/** Waits until nothing more happens without a clerk; the service beside us may be doing the work. */
async function settle({ queue, intake }: Zhika, submissionId: string, bar: ProgressBar): Promise<void> {
  for (;;) {
    const submission = await intake.find(submissionId)
    // Nothing follows by itself on what failed, asks a question, or is no matter of the office.
    if (submission === undefined || ['failed', 'refused', 'question', 'set-aside'].includes(submission.state)) return
    const read = await queue.find(readSubmission, submissionId)
    if (read?.progress) bar.update(read.progress.done, read.progress.total)
    const assembled = await queue.find(assembleApplications, submissionId)
    if (assembled?.state === 'done' || assembled?.state === 'dead' || read?.state === 'dead') return
    await wait(50)
  }
}

async function outcomeOf({ database, applications, intake, readingOf, queue }: Zhika, submissionId: string) {
  const summaries = await applications.list(database, { submissionId })
  const opened: Application[] = []
  for (const { number } of summaries) {
    const application = await applications.find(database, number)
    if (application) opened.push(application)
  }
  const submission = await intake.find(submissionId)
  const problems: Problem[] = [...(submission?.problems ?? []), ...((await readingOf(submissionId))?.problems ?? [])]
  if (submission?.reason && problems.length === 0) problems.push({ file: submission.name, ...submission.reason })
  for (const job of [await queue.find(readSubmission, submissionId), await queue.find(assembleApplications, submissionId)])
    if (job?.state === 'dead')
      problems.push({
        file: submission?.name ?? '',
        code: job.error?.code ?? 'unexpected',
        message: '处理时出错，原件已保存；请在工作台“后台任务”中重试。',
      })
  const once = new Map(problems.map((problem) => [`${problem.file}\n${problem.code}`, problem]))
  return { applications: opened, problems: [...once.values()] }
}

function asContract({ name, applications, problems, nameFile }: Processed): object {
  return {
    name,
    applications: applications.map(({ number, service, status, enterprise, decision, findings, documents }) => ({
      number,
      service,
      status,
      enterprise: { name: enterprise.name, uscc: enterprise.uscc },
      decision,
      findings: findings.map((finding) => asContractFinding(finding, nameFile)),
      documents: documents.map((document) => asContractDocument(document, nameFile)),
    })),
    problems: problems.map((problem) => asContractProblem(problem, nameFile)),
  }
}

function print(processed: readonly Processed[]): void {
  for (const { name, applications, problems, duplicate, nameFile } of processed) {
    const rows = applications.map(({ number, service, enterprise, decision, status, findings }) => [
      number,
      serviceTitles[service],
      `${enterprise.name ?? '（未读出）'}\n${enterprise.uscc ?? ''}`,
      `${decisionTitles[decision]}（${statusTitles[status]}）`,
      findings.map(({ message }) => message).join('\n') || '无',
    ])
    const title = `${name}${duplicate ? '（与以前的来件相同，未重复办理）' : ''}`
    if (rows.length > 0) printTable(title, ['编号', '业务', '企业', '结论', '问题'], rows)
    else process.stdout.write(`\n${title}\n没有读出可以办理的材料，未立项。\n`)
    if (problems.length > 0)
      printTable(
        '',
        ['文件', '未能读取的原因'],
        problems.map(({ file, message }) => [nameFile(file), message]),
      )
  }
}
