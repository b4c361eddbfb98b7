/**
 * Draws submissions: `node test/corpus/draw-corpus.ts --out DIR --seed N --count N [--device …] [--service …] [--writing …]
 * [--layout …] [--packaging …] [--fault …]… [--held-back]`. Papers go to `DIR/submissions/NAME/…`, truth to
 * `DIR/truth/NAME.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serviceCodes, serviceTitles, type ServiceCode } from '../../src/guide/papers.ts'
import { composeSubmission, faults, type Fault } from './compose-submission.ts'
import { devices, type Device } from './copy-page.ts'
import type { LayoutName, Writing } from './form-style.ts'
import { seedRandom } from './random.ts'
import { packagings, writeSubmission, type Packaging } from './write-submission.ts'

/** Seeds from here on are drawn with layouts and faces kept out of tuning. */
export const heldBackSeeds = 900_000

const usage = `draw-corpus --out DIR [--seed N] [--count N] [--device ${devices.join('|')}|mixed] [--service ${serviceCodes.join('|')}]
  [--writing typed|hand|mixed] [--layout NAME] [--packaging ${packagings.join('|')}|mixed] [--fault ${faults.join('|')}]… [--faulty SHARE] [--bare-screens] [--held-back]`

function choose<T extends string>(given: string | undefined, choices: readonly T[], what: string): T | undefined {
  if (given === undefined || given === 'mixed') return undefined
  if ((choices as readonly string[]).includes(given)) return given as T
  throw new Error(`${what}: one of ${choices.join(', ')}, mixed`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '10' },
      device: { type: 'string' },
      service: { type: 'string' },
      writing: { type: 'string' },
      layout: { type: 'string' },
      packaging: { type: 'string', default: 'folder' },
      fault: { type: 'string', multiple: true },
      faulty: { type: 'string', default: '0' },
      'bare-screens': { type: 'boolean', default: false },
      'held-back': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true || values.out === undefined) {
    console.log(usage)
    process.exitCode = values.help === true ? 0 : 2
    return
  }
  const heldBack = values['held-back']
  const first = Number(values.seed) + (heldBack && Number(values.seed) < heldBackSeeds ? heldBackSeeds : 0)
  const device = choose(values.device, devices, '--device')
  const service = choose(values.service, serviceCodes, '--service')
  const writing = choose(values.writing, ['typed', 'hand'] as const, '--writing')
  const packaging = choose(values.packaging, packagings, '--packaging')
  const submissions = join(values.out, 'submissions')
  const truths = join(values.out, 'truth')
  await mkdir(submissions, { recursive: true })
  await mkdir(truths, { recursive: true })
  for (let seed = first; seed < first + Number(values.count); seed++) {
    const random = seedRandom(seed).fork('corpus')
    const planted = values.fault !== undefined ? values.fault.map(fault => choose(fault, faults, '--fault')!) : random.chance(Number(values.faulty)) ? [random.pick(faults)] : []
    const truth = await drawOne(seed, {
      folder: submissions,
      device: device ?? random.fork('device').pick(devices),
      service: service ?? random.fork('service').pick(serviceCodes),
      writing: writing ?? (random.fork('writing').chance(0.4) ? 'hand' : 'typed'),
      packaging: packaging ?? random.fork('packaging').pick(packagings),
      faults: planted,
      heldBack: heldBack || seed >= heldBackSeeds,
      bareScreens: values['bare-screens'],
      ...(values.layout === undefined ? {} : { layout: values.layout as LayoutName }),
    })
    await writeFile(join(truths, `${truth.name}.json`), JSON.stringify(truth, null, 1))
    console.error(`${truth.name}  ${truth.documents.length} papers  ${serviceTitles[truth.service]}`)
  }
}

interface One {
  readonly folder: string
  readonly device: Device
  readonly service: ServiceCode
  readonly writing: Writing
  readonly packaging: Packaging
  readonly faults: readonly Fault[]
  readonly heldBack: boolean
  readonly bareScreens: boolean
  readonly layout?: LayoutName
}

async function drawOne(seed: number, one: One): ReturnType<typeof writeSubmission> {
  const submission = composeSubmission(seed, {
    service: one.service,
    writing: one.writing,
    faults: one.faults,
    heldBack: one.heldBack,
    bareScreens: one.bareScreens,
    ...(one.layout === undefined ? {} : { layout: one.layout }),
  })
  const name = `${seed}-${one.service}-${one.device}-${one.writing}`
  return writeSubmission(submission, one.folder, { name, device: one.device, packaging: one.packaging, heldBack: one.heldBack, faults: one.faults, today: '2026-11-20' })
}

await main()
