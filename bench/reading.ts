/**
 * What reading costs and how much is read right: `npm run bench:reading` (`node bench/reading.ts --compare`) draws its own
 * set and prints zhika beside what a user would pick instead, on the same pages in the same run, each engine in a process of
 * its own; with the floor, cost against pages and cores, how far claimed certainty can be trusted, and the columns of the bar. What zhika
 * costs is told twice: from the start of its process, and of a second set, of other seeds, that the same process reads after the first.
 *
 * Without `--compare` zhika alone reads: `[--count N] [--seed N] [--device NAME] [--workers N] [--folder DIR] [--errors N]
 * [--harsh] [--held-back]`. `--quick` draws a third of the sets and reads less again, in some minutes on 2 cores; `--json`
 * prints one document for machines. Progress goes to stderr. Times are worth something on a quiet machine only.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { drawSubmissions } from '../test/corpus/draw-corpus.ts'
import { devices, type Device } from '../test/corpus/copy-page.ts'
import { oneHeap } from '../src/platform/share-one-heap.ts'
import { newScore, scoreSubmission } from '../test/corpus/score-reading.ts'
import type { Truth } from '../test/corpus/truth.ts'
import type { EngineCost, EngineRun, LaterRun, SubmissionFiles, ZhikaRun } from './engine-run.ts'
import { countFound } from './judge-values.ts'
import type { Floor } from './measure-floor.ts'
import { preparePictures, type PicturePage } from './prepare-pictures.ts'
import { printReport, type Cost, type EngineStanding, type Report } from './print-report.ts'
import { runTesseract } from './run-tesseract.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    seed: { type: 'string' },
    device: { type: 'string' },
    workers: { type: 'string', default: '2' },
    folder: { type: 'string' },
    errors: { type: 'string', default: '0' },
    harsh: { type: 'boolean', default: false },
    'held-back': { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

/** Where Debian's `tesseract-ocr-chi-sim` puts its language; tesseract.js reads the same file, so that both know the same. */
const languageFolders = ['/usr/share/tesseract-ocr/5/tessdata', '/usr/share/tesseract-ocr/4.00/tessdata', '/usr/share/tessdata']
const run = promisify(execFile)

/** The kinds of copy of the bar: device, and whether written by hand. */
const strata: readonly (readonly [Device, 'typed' | 'hand'])[] = [
  ['digital', 'typed'],
  ['scan200', 'typed'],
  ['scan300', 'typed'],
  ['gray', 'typed'],
  ['phone', 'typed'],
  ['fax', 'typed'],
  ['scan200', 'hand'],
  ['phone', 'hand'],
]

/** The bench's own seeds: nobody tunes on them. Those of what is read later are so much higher. */
const ownSeed = Number(values.seed ?? 77_000)
const laterSeeds = 500_000

const scratch = mkdtempSync(join(tmpdir(), 'zhika-bench-'))
try {
  const corpus = values.folder ?? (await drawSet(join(scratch, 'corpus'), ownSeed))
  // Pages that were read before would cost less: their strips may be remembered.
  const later = values.compare && values.folder === undefined ? await drawSet(join(scratch, 'later'), ownSeed + laterSeeds) : undefined
  const report = await measure(corpus, later)
  if (values.json) console.log(JSON.stringify(report, (_, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value), 1))
  else printReport(report, Number(values.errors))
} finally {
  rmSync(scratch, { recursive: true })
}

async function measure(corpus: string, laterCorpus: string | undefined): Promise<Report> {
  const truths = truthsOf(corpus)
  const submissions = filesOf(corpus, truths)
  const workers = Number(values.workers)
  // A server that was started before has compiled code in its folder: one page leaves it there.
  await runZhika([{ ...submissions[0]!, files: submissions[0]!.files.slice(0, 1) }], 1)
  const zhika = await runZhika(submissions, workers, laterCorpus === undefined ? undefined : filesOf(laterCorpus, truthsOf(laterCorpus)))
  const score = newScore()
  for (const truth of truths) scoreSubmission(score, truth, zhika.readings.find(({ name }) => name === truth.name)?.documents ?? [])
  const report = {
    pages: zhika.pages,
    workers,
    problems: zhika.readings.flatMap(({ problems }) => problems),
    zhika: costOf(zhika, zhika.pages),
    ...(zhika.later ? { later: { pages: zhika.later.pages, ...costOf(zhika.later, zhika.later.pages) } } : {}),
    score,
  }
  if (!values.compare) return report
  const pictures = await preparePictures(truths, corpus, scratch)
  const paths = pictures.map(({ path }) => path)
  return {
    ...report,
    floor: await floorOf(zhika, workers),
    ...(zhika.later ? { laterFloor: await floorOf(zhika.later, workers) } : {}),
    standings: [
      standingOfZhika(zhika, truths, pictures),
      standing('PP-OCRv4, whole page', pictures, await runEngine('run-networks.ts', [writeList(paths)])),
      ...(await runRivals(pictures)),
    ],
    scaling: [...(await scale(submissions, workers)), { workers, pages: zhika.pages, ...report.zhika }],
  }
}

function truthsOf(corpus: string): Truth[] {
  return readdirSync(join(corpus, 'truth'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(corpus, 'truth', name), 'utf8')) as Truth)
}

function filesOf(corpus: string, truths: readonly Truth[]): SubmissionFiles[] {
  return truths.map(({ name }) => {
    const place = join(corpus, 'submissions', name)
    return { name, files: readdirSync(place).map((file) => join(place, file)) }
  })
}

/** The floor of a reading, and what it cost itself. */
async function floorOf({ runs, cpuSeconds }: LaterRun, workers: number): Promise<NonNullable<Report['floor']>> {
  return { ...(await runFloor(runs, workers)), cpuSeconds }
}

/** As many at a time as threads read: two threads of one core, or two cores that share a cache, slow each other down, reading or not. */
async function runFloor(runs: ZhikaRun['runs'], workers: number): Promise<Floor> {
  process.stderr.write(`floor of ${runs.length} runs\n`)
  const shares = Array.from({ length: workers }, (_, worker) => runs.filter((_, place) => place % workers === worker))
  const floors = await Promise.all(shares.map((share) => runEngine<Floor>('run-floor.ts', [writeList(share)])))
  const sum = (part: keyof Floor) => floors.reduce((total, floor) => total + floor[part], 0)
  return {
    detection: sum('detection'),
    recognition: sum('recognition'),
    detections: sum('detections'),
    recognitions: sum('recognitions'),
  }
}

async function runRivals(pictures: readonly PicturePage[]): Promise<EngineStanding[]> {
  const language = languageFolders.find((folder) => existsSync(join(folder, 'chi_sim.traineddata')))
  const install = 'apt-get install tesseract-ocr tesseract-ocr-chi-sim'
  if (language === undefined)
    return ['tesseract.js 7, psm 11', 'tesseract, psm 11'].map((engine) => ({ engine, missing: `no chi_sim.traineddata: ${install}` }))
  const paths = pictures.map(({ path }) => path)
  const script = standing('tesseract.js 7, psm 11', pictures, await runEngine('run-tesseract-js.ts', [language, writeList(paths)]))
  const version = await run('tesseract', ['--version']).then(
    ({ stdout, stderr }) => /tesseract (\S+)/.exec(`${stdout}${stderr}`)?.[1],
    () => undefined,
  )
  if (version === undefined) return [script, { engine: 'tesseract, psm 11', missing: `not installed: ${install}` }]
  return [script, standing(`tesseract ${version}, psm 11`, pictures, await runTesseract(paths, join(scratch, 'tesseract.txt')))]
}

function standing(engine: string, pictures: readonly PicturePage[], { texts, ...cost }: EngineRun): EngineStanding {
  const found = pictures.map(({ values: wanted }, i) => countFound(wanted, texts[i] ?? ''))
  return { engine, ...costOf(cost, pictures.length), ...byColumn(pictures, found) }
}

/** Zhika's own figure: its values of a page taken as that page's text, and the certain ones of them that are wrong. */
function standingOfZhika(zhika: ZhikaRun, truths: readonly Truth[], pictures: readonly PicturePage[]): EngineStanding {
  const texts = truths.flatMap((truth) =>
    truth.documents.flatMap((document) =>
      document.pages
        .filter(({ file }) => /\.(jpe?g|png|tiff?)$/i.test(file))
        .map((page) =>
          zhika.readings
            .flatMap(({ documents }) => documents)
            .filter((read) => read.pages.some(({ file }) => file === page.file))
            .flatMap((read) => Object.values(read.fields).map(({ value }) => JSON.stringify(value)))
            .join('\n'),
        ),
    ),
  )
  const found = pictures.map(({ values: wanted }, i) => countFound(wanted, texts[i] ?? ''))
  return { engine: 'zhika, its fields only', ...costOf(zhika, zhika.pages), ...byColumn(pictures, found) }
}

function byColumn(pictures: readonly PicturePage[], found: readonly number[]): { found: Record<string, { found: number; of: number }> } {
  const tally: Record<string, { found: number; of: number }> = {}
  pictures.forEach(({ column, values: wanted }, i) => {
    for (const key of ['all', column]) {
      const known = (tally[key] ??= { found: 0, of: 0 })
      known.found += found[i]!
      known.of += wanted.length
    }
  })
  return { found: tally }
}

function costOf({ seconds, cpuSeconds, peakBytes }: EngineCost, pages: number): Cost {
  return { pagesPerMinute: (pages * 60) / seconds, cpuSecondsPerPage: cpuSeconds / pages, peakBytes }
}

/** Cold runs of 1, 10 and 40 pages (the last not where it must be quick) on one core and on as many as the whole set was read on. */
async function scale(submissions: readonly SubmissionFiles[], most: number): Promise<NonNullable<Report['scaling']>> {
  const rows: NonNullable<Report['scaling']>[number][] = []
  for (const workers of new Set([1, most]))
    for (const count of values.quick ? [1, 10] : [1, 10, 40]) {
      let left = count
      const some = submissions.flatMap(({ name, files }) => {
        const taken = files.slice(0, left)
        left -= taken.length
        return taken.length === 0 ? [] : [{ name, files: taken }]
      })
      const zhika = await runZhika(some, workers)
      rows.push({ workers, pages: zhika.pages, ...costOf(zhika, zhika.pages) })
    }
  return rows
}

function runZhika(submissions: readonly SubmissionFiles[], workers: number, later?: readonly SubmissionFiles[]): Promise<ZhikaRun> {
  const lists = [writeList(submissions), join(scratch, 'code'), ...(later ? [writeList(later)] : [])]
  return runEngine<ZhikaRun>('run-zhika.ts', [String(workers), ...lists])
}

/** Each with one heap for all of its threads, as the program itself runs. */
async function runEngine<Run = EngineRun>(script: string, args: readonly string[]): Promise<Run> {
  const child = run(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, script), ...args], {
    maxBuffer: 2 ** 30,
    env: { ...process.env, ...oneHeap },
  })
  child.child.stderr!.pipe(process.stderr)
  return JSON.parse((await child).stdout) as Run
}

function writeList(list: readonly unknown[]): string {
  const path = join(scratch, `list-${readdirSync(scratch).length}.json`)
  writeFileSync(path, JSON.stringify(list))
  return path
}

/** A comparison draws the same number of submissions of every kind of copy. */
async function drawSet(out: string, seed: number): Promise<string> {
  const options = { out, faulty: 0, harsh: values.harsh, heldBack: values['held-back'], packaging: 'folder', varied: true } as const
  let drawn = 0
  const told = (): void => void process.stderr.write(`\rdrawn ${++drawn} submissions`)
  if (values.compare && values.count === undefined && values.device === undefined)
    for (const [i, [device, writing]] of strata.entries())
      await drawSubmissions({ ...options, seed: seed + i * 100, count: values.quick ? 1 : 3, device, writing, told })
  else
    await drawSubmissions({
      ...options,
      seed,
      count: Number(values.count ?? (values.quick ? 4 : 12)),
      device: devices.find((device) => device === values.device),
      told,
    })
  process.stderr.write('\n')
  return out
}
