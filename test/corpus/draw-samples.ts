/**
 * Draws the sample submissions of `inbox/samples/`: `node test/corpus/draw-samples.ts [--out DIR]`. Dates are of November
 * 2026; all people and enterprises are invented. What the office should say of each stands in the truth that it returns.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { composeSubmission, type SubmissionOptions } from './compose-submission.ts'
import type { Truth } from './truth.ts'
import { writeSubmission, type Packaging } from './write-submission.ts'

const today = '2026-11-20'

interface Sample {
  readonly title: string
  readonly seed: number
  readonly packaging: Packaging
  readonly options: SubmissionOptions
}

const samples: readonly Sample[] = [
  { title: '增办操作员卡', seed: 411, packaging: 'folder', options: { service: 'add-operator', layout: 'guide', writing: 'typed' } },
  { title: '补办操作员卡', seed: 421, packaging: 'pdf', options: { service: 'replace-operator', layout: 'redrawn', writing: 'typed' } },
  { title: '自购读卡器领取', seed: 405, packaging: 'eml', options: { service: 'reader', layout: 'guide', writing: 'typed' } },
  {
    title: '电子口岸卡解锁',
    seed: 406,
    packaging: 'folder',
    options: {
      service: 'unlock',
      layout: 'guide',
      writing: 'typed',
      faults: ['missing-seal', 'wrong-check-digit'],
      unsealed: 'identity:handler',
    },
  },
]

/** Draws all samples into `folder` and returns the truth about each. */
export async function drawSamples(folder: string): Promise<Truth[]> {
  const truths: Truth[] = []
  for (const { title, seed, packaging, options } of samples) {
    const submission = composeSubmission(seed, { ...options, today, ownHandler: true, wear: 0.6 })
    const name = `${title}-${submission.enterprise.name}`
    await rm(join(folder, name), { recursive: true, force: true })
    truths.push(
      await writeSubmission(submission, folder, {
        name,
        device: 'scan200',
        packaging,
        heldBack: false,
        faults: options.faults ?? [],
        today,
        copying: { quality: 68, noise: 2, upright: true },
      }),
    )
  }
  return truths
}

if (import.meta.main) {
  const out = process.argv.includes('--out')
    ? process.argv[process.argv.indexOf('--out') + 1]!
    : fileURLToPath(new URL('../../inbox/samples', import.meta.url))
  for (const truth of await drawSamples(out)) console.error(`${truth.name}  ${truth.decision}  ${truth.documents.length} papers`)
}
