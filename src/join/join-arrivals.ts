/** Submissions as the desk shows them: how far each came, through all stages. */
import type { Applications } from '../application/applications.ts'
import type { Arrival, ArrivalsPort } from '../desk/ports.ts'
import { assembleApplications, readSubmission, unpackSubmission, type Problem, type Reading } from '../flow.ts'
import type { Intake } from '../intake/open-intake.ts'
import type { SubmissionSummary } from '../intake/look-up-submissions.ts'
import type { Database } from '../platform/database/open-database.ts'
import type { JobRecord, Queue } from '../platform/queue/contract.ts'
import { done, refuse } from '../platform/result.ts'

export interface ArrivalsParts {
  readonly database: Database
  readonly intake: Intake
  readonly queue: Queue
  readonly applications: Applications
  readonly readingOf: (submissionId: string) => Promise<Reading | undefined>
}

export function joinArrivals({ database, intake, queue, applications, readingOf }: ArrivalsParts): ArrivalsPort {
  const jobsOf = async ({ id, attempts }: Pick<SubmissionSummary, 'id' | 'attempts'>) => ({
    unpacked: await queue.find(unpackSubmission, `${id}:${attempts}`),
    read: await queue.find(readSubmission, id),
    assembled: await queue.find(assembleApplications, id),
  })

  async function describe(summary: SubmissionSummary): Promise<Arrival> {
    const submission = await intake.find(summary.id)
    const reading = await readingOf(summary.id)
    const { unpacked, read, assembled } = await jobsOf(summary)
    const awaitsAnswer = summary.state === 'question'
    // A question is for the clerk: what the sender would be told says nothing new.
    const told = (submission?.problems ?? []).filter(({ code }) => !awaitsAnswer || code !== 'no-papers')
    const problems: Problem[] = [...told, ...(reading?.problems ?? [])]
    if (summary.reason && problems.length === 0) problems.push({ file: summary.name, ...summary.reason })
    const dead = [unpacked, read, assembled].find((job) => job?.state === 'dead')
    if (dead) problems.push({ file: summary.name, code: dead.error?.code ?? 'unexpected', message: '处理时出错，原件已保存，请点“重试”。' })
    const opened = await applications.list(database, { submissionId: summary.duplicateOf ?? summary.id })
    const nothingOpened = assembled?.state === 'done' && opened.length === 0
    if (nothingOpened && problems.length === 0)
      problems.push({ file: summary.name, code: 'no-papers', message: '没有认出任何材料，请人工查看原件。' })
    return {
      id: summary.id,
      door: summary.door,
      name: summary.name,
      receivedAt: summary.receivedAt,
      state: stateOf(summary, dead !== undefined || nothingOpened, assembled),
      duplicateOf: summary.duplicateOf,
      problems: [...new Map(problems.map((problem) => [`${problem.file}\n${problem.code}`, problem])).values()],
      size: (submission?.files ?? []).reduce((sum, { size }) => sum + size, 0),
      files: (submission?.files ?? []).map(({ file }) => file),
      applications: opened.map(({ number }) => number),
      canRetry: summary.state === 'failed' || dead !== undefined,
    }
  }

  return {
    async find(id) {
      const found = await intake.find(id)
      return found && { ...(await describe(found)), mail: found.mail, papers: found.papers.map(({ file }) => file) }
    },
    async settleQuestion(id) {
      const settled = await intake.settleQuestion(id)
      return settled.ok ? done(null) : settled
    },
    async paper(id, paper) {
      const name = (await intake.find(id))?.papers[paper]?.file
      const bytes = name === undefined ? undefined : await intake.bytesOf(id, name)
      return name === undefined || bytes === undefined ? undefined : { name, bytes }
    },
    list: async (page) => Promise.all((await intake.list(page)).map(describe)),
    async receive({ name, files }) {
      const received = await intake.receive({ door: 'upload', name, files: files.map(({ name: file, bytes }) => ({ file, bytes })) })
      return received.refused
        ? refuse(received.refused.code, received.refused.message)
        : done({ id: received.submissionId, duplicateOf: received.duplicateOf })
    },
    async retry(id) {
      const submission = await intake.find(id)
      if (submission?.state === 'failed') {
        const retried = await intake.retry(id)
        return retried.ok ? done(null) : retried
      }
      const dead = submission ? Object.values(await jobsOf(submission)).filter((job) => job?.state === 'dead') : []
      if (dead.length === 0) return refuse('nothing-to-retry', '这份来件没有处理失败，无须重试，请刷新页面')
      for (const job of dead) if (job) await queue.rerun(job.id)
      return done(null)
    },
    async original(id, file) {
      const name = (await intake.find(id))?.files[file]?.file
      const bytes = name === undefined ? undefined : await intake.bytesOf(id, name)
      return name === undefined || bytes === undefined ? undefined : { name, bytes }
    },
    async countTroubled() {
      const { failed, question } = await intake.count()
      const names = new Set([unpackSubmission.name, readSubmission.name, assembleApplications.name])
      return failed + question + (await queue.list('dead')).filter(({ name }) => names.has(name)).length
    },
  }
}

function stateOf({ state, duplicateOf }: SubmissionSummary, troubled: boolean, assembled: JobRecord | undefined): Arrival['state'] {
  if (state === 'refused' || state === 'question' || state === 'set-aside') return state
  if (state === 'failed' || troubled) return 'failed'
  return duplicateOf !== null || assembled?.state === 'done' ? 'done' : 'reading'
}
