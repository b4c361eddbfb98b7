/**
 * Draws submissions: `node test/corpus/draw-corpus.ts --out DIR --seed N --count N [--device …] [--service …] [--writing …]
 * [--layout …] [--packaging …] [--fault …]… [--harsh] [--held-back]`. Papers go to `DIR/submissions/NAME/…`, truth to
 * `DIR/truth/NAME.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serviceCodes, serviceTitles, type ServiceCode } from '../../src/guide/papers.ts'
import { composeSubmission } from './compose-submission.ts'
import { faults, type Fault } from './fill-paper.ts'
import { allDevices, devices, type Device } from './copy-page.ts'
import { formWays, layoutNames, type FormWay, type LayoutName, type Writing } from './form-style.ts'
import { seedRandom } from './random.ts'
import type { Truth } from './truth.ts'
import { allPackagings, packagings, writeSubmission, type Packaging } from './write-submission.ts'

/** Seeds from here on are drawn with layouts and faces kept out of tuning. */
export const heldBackSeeds = 900_000

/** What papers come by: the common ways more often. */
const harshMix: readonly Device[] = [...devices, ...devices, 'scan150', 'scan400', 'bilevel', 'phone', 'phone']

const usage = `draw-corpus --out DIR [--seed N] [--count N] [--device ${allDevices.join('|')}|mixed] [--service ${serviceCodes.join('|')}]
  [--writing typed|hand|mixed] [--layout ${layoutNames.join('|')}] [--way ${formWays.join('|')}]… [--packaging ${allPackagings.join('|')}|any] [--delivery post|window] [--fault ${faults.join('|')}]… [--faulty SHARE] [--bare-screens] [--unsealed] [--plain] [--rare] [--harsh] [--held-back]`

function choose<T extends string>(given: string | undefined, choices: readonly T[], what: string): T | undefined {
  if (given !== undefined && (choices as readonly string[]).includes(given)) return given as T
  if (given === undefined || given === 'mixed' || given === 'any') return undefined
  throw new Error(`${what}: one of ${choices.join(', ')}, mixed`)
}

export interface DrawingOptions {
  /** Gets `submissions/` and `truth/`. */
  readonly out: string
  readonly seed: number
  readonly count: number
  /** What is left out is chosen by chance for each submission. */
  readonly device?: Device | undefined
  readonly service?: ServiceCode | undefined
  readonly writing?: Writing | undefined
  readonly layout?: LayoutName | undefined
  readonly ways?: readonly FormWay[] | undefined
  readonly packaging?: Packaging | undefined
  readonly delivery?: 'post' | 'window' | undefined
  /** Planted into every submission. */
  readonly faults?: readonly Fault[] | undefined
  /** Else the share of submissions that get one fault by chance. */
  readonly faulty?: number | undefined
  readonly bareScreens?: boolean | undefined
  /** No paper carries a company's seal. */
  readonly unsealed?: boolean | undefined
  readonly heldBack?: boolean | undefined
  /** Names and places that few have. */
  readonly rare?: boolean | undefined
  /** Other offices' tables, worn hands, poor scanners and cameras. */
  readonly harsh?: boolean | undefined
  /** Now and then two cards at once, or a stray paper. */
  readonly varied?: boolean | undefined
  readonly told?: (truth: Truth) => void
}

/** Draws `count` submissions with the seeds from `seed` on, writes papers and truth, and returns the truth. */
export async function drawSubmissions(options: DrawingOptions): Promise<Truth[]> {
  const submissions = join(options.out, 'submissions')
  const truths = join(options.out, 'truth')
  await mkdir(submissions, { recursive: true })
  await mkdir(truths, { recursive: true })
  const drawn: Truth[] = []
  for (let seed = options.seed; seed < options.seed + options.count; seed++) {
    const random = seedRandom(seed).fork('corpus')
    const device = options.device ?? random.fork('device').pick(options.harsh === true ? harshMix : devices)
    const service = options.service ?? random.fork('service').pick(serviceCodes)
    const hand = device !== 'digital' && random.fork('writing').chance(0.4)
    const writing = options.writing ?? (hand ? 'hand' : 'typed')
    const heldBack = options.heldBack === true || seed >= heldBackSeeds
    const planted =
      options.unsealed === true
        ? (['missing-seal'] as const)
        : (options.faults ?? (random.chance(options.faulty ?? 0) ? [random.pick(faults)] : []))
    const submission = composeSubmission(seed, {
      service,
      writing,
      heldBack,
      harsh: options.harsh ?? false,
      faults: planted,
      bareScreens: options.bareScreens ?? false,
      rare: options.rare ?? false,
      ...(options.unsealed === true ? { unsealed: 'every' as const } : {}),
      strayPaper: options.varied === true && random.fork('stray').chance(0.06),
      operators: options.varied === true && planted.length === 0 && random.fork('operators').chance(0.12) ? 2 : 1,
      ...(options.layout === undefined ? {} : { layout: options.layout }),
      ways: options.ways ?? [],
      ...(options.delivery === undefined ? {} : { delivery: options.delivery }),
    })
    const truth = await writeSubmission(submission, submissions, {
      name: `${seed}-${service}-${device}-${writing}${options.harsh === true ? '-harsh' : ''}`,
      device,
      packaging: options.packaging ?? random.fork('packaging').pick(options.harsh === true ? allPackagings : packagings),
      heldBack,
      faults: planted,
      today: '2026-11-20',
      copying: { harsh: options.harsh ?? false, heldBack },
    })
    await writeFile(join(truths, `${truth.name}.json`), JSON.stringify(truth, null, 1))
    options.told?.(truth)
    drawn.push(truth)
  }
  return drawn
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
      way: { type: 'string', multiple: true },
      packaging: { type: 'string', default: 'folder' },
      delivery: { type: 'string' },
      fault: { type: 'string', multiple: true },
      faulty: { type: 'string', default: '0' },
      'bare-screens': { type: 'boolean', default: false },
      unsealed: { type: 'boolean', default: false },
      plain: { type: 'boolean', default: false },
      rare: { type: 'boolean', default: false },
      harsh: { type: 'boolean', default: false },
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
  await drawSubmissions({
    out: values.out,
    seed: Number(values.seed) + (heldBack && Number(values.seed) < heldBackSeeds ? heldBackSeeds : 0),
    count: Number(values.count),
    device: choose(values.device, allDevices, '--device'),
    service: choose(values.service, serviceCodes, '--service'),
    writing: choose(values.writing, ['typed', 'hand'] as const, '--writing'),
    layout: choose(values.layout, layoutNames, '--layout'),
    ways: values.way?.map((way) => choose(way, formWays, '--way')!),
    packaging: choose(values.packaging, allPackagings, '--packaging'),
    delivery: choose(values.delivery, ['post', 'window'] as const, '--delivery'),
    faults: values.fault?.map((fault) => choose(fault, faults, '--fault')!),
    faulty: Number(values.faulty),
    bareScreens: values['bare-screens'],
    unsealed: values.unsealed,
    heldBack,
    rare: values.rare,
    harsh: values.harsh,
    varied: !values.plain,
    told: (truth) =>
      console.error(
        `${truth.name}  ${truth.documents.length} papers  ${serviceTitles[truth.service]}${truth.faults.length > 0 ? `  ${truth.faults.join(' ')}` : ''}`,
      ),
  })
}

if (import.meta.main) await main()
