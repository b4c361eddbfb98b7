/**
 * What becomes of zhika's own forms on their way over paper: `node bench/forms.ts [--count N] [--seed N] [--device NAME] [--hand]`.
 * Draws N forms for each device, filled in (or, with `--hand`, blank and written on by hand), printed, stamped and copied, reads them, and prints for each device how many codes
 * were read, how many values are exact, certain, taken from the code, and wrong though certain.
 */
import { parseArgs } from 'node:util'
import { openForms } from '../src/forms/open-forms.ts'
import { formKinds } from '../src/guide/forms/form-kinds.ts'
import { office } from '../src/guide/office.ts'
import { documentFields } from '../src/guide/papers.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openLog } from '../src/platform/log/log.ts'
import { openReader } from '../src/reading/read-papers.ts'
import { allDevices, copyPage, type Device } from '../test/corpus/copy-page.ts'
import { inventForm, printedSide, stamp, writtenByHand } from '../test/corpus/print-own-form.ts'
import { seedRandom } from '../test/corpus/random.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    device: { type: 'string' },
    hand: { type: 'boolean', default: false },
    errors: { type: 'boolean', default: false },
  },
})

const reader = openReader({ workers: 1, log: openLog('warn') })
const forms = openForms({ office, clock: systemClock })
const chosen = values.device ? values.device.split(',') : ['digital', 'scan200', 'scan300', 'gray', 'fax', 'phone']
console.log('device     sheets  codes whole  kind   values  exact    certain  by code  wrong but certain  CPU s/page')
for (const device of [...allDevices].filter((name) => chosen.includes(name))) await measure(device)
await reader.close()

async function measure(device: Device): Promise<void> {
  const tally = { sheets: 0, kind: 0, whole: 0, values: 0, exact: 0, certain: 0, byCode: 0, wrong: 0, cpu: 0 }
  for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.count); seed += 1) {
    const random = seedRandom(`own-form-${seed}`)
    const kind = formKinds[seed % formKinds.length]!
    const { contents, enterprise } = inventForm(kind, random.fork('values'))
    const { bytes } = await forms.draw(kind, values.hand ? undefined : contents)
    const press = stamp(kind, enterprise, random.fork('seal'))
    const over = values.hand ? [writtenByHand(kind, contents, random.fork('hand')), press] : [press]
    const copy =
      device === 'digital'
        ? { bytes, extension: 'pdf' }
        : await copyPage(
            await printedSide(bytes, (sheet) => over.forEach((act) => act(sheet))),
            random.fork('drawing'),
            device,
            random.fork(device),
          )
    const before = process.cpuUsage()
    const { documents } = await reader.read([{ file: `${seed}.${copy.extension}`, bytes: new Uint8Array(copy.bytes) }])
    const { user, system } = process.cpuUsage(before)
    const [document] = documents
    tally.cpu += (user + system) / 1e6
    tally.sheets += 1
    if (document?.kind !== kind) {
      if (values.errors) console.log(`  ${device} ${seed} ${kind}: read as ${document?.kind}`)
      continue
    }
    tally.kind += 1
    const fields = documentFields[kind].map(({ name }) => ({ name, read: document.fields[name], truth: contents[name] ?? null }))
    const printed = fields.filter(({ truth }) => truth !== null)
    if (printed.some(({ read }) => read?.source === 'barcode' || read?.printed !== undefined)) tally.whole += 1
    for (const { name, read, truth } of fields) {
      const isExact = JSON.stringify(read?.value ?? null) === JSON.stringify(truth)
      tally.values += 1
      if (isExact) tally.exact += 1
      if (read?.certain) tally.certain += 1
      if (read?.source === 'barcode') tally.byCode += 1
      if (read?.certain && !isExact) tally.wrong += 1
      if (values.errors && (!isExact || (truth !== null && !read?.certain)))
        console.log(
          `  ${device} ${seed} ${kind} ${name}: ${JSON.stringify(read?.value)} for ${JSON.stringify(truth)} ${read?.certain ? 'CERTAIN' : ''} ${read?.source} ${read?.evidence?.join(' ')}`,
        )
    }
  }
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`.padStart(7)
  console.log(
    `${device.padEnd(10)} ${String(tally.sheets).padStart(6)}  ${share(tally.whole, tally.sheets).padStart(11)} ${share(tally.kind, tally.sheets)} ${String(tally.values).padStart(7)} ${share(tally.exact, tally.values)} ${share(tally.certain, tally.values)}  ${share(tally.byCode, tally.values)} ${String(tally.wrong).padStart(18)} ${(tally.cpu / tally.sheets).toFixed(2).padStart(11)}`,
  )
}
