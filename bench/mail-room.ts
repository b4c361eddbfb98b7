/**
 * What the mail room does and costs.
 *
 * `node bench/mail-room.ts --storm [--mails 2000] [--kills 30] [--restarts 8] [--seed N]`: the real service between a real
 * Dovecot and a real SMTP server, cut, restarted, renumbered and killed; prints what was lost or doubled (nothing may be).
 * `--fuzz [--count 3000] [--seed N]`: hostile mails and archives through the thread that unpacks; prints the slowest, what was
 * stopped, and the peak of memory.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openUnpacker } from '../src/intake/unpack/open-unpacker.ts'
import { sniffFormat } from '../src/intake/unpack/sniff-format.ts'
import { openLog } from '../src/platform/log/log.ts'
import { seedRandom } from '../test/corpus/random.ts'
import { hostileMail } from '../test/fixtures/mutate-mail.ts'
import { stormMailRoom } from '../test/fixtures/storm-mail-room.ts'

const { values } = parseArgs({
  options: {
    fuzz: { type: 'boolean', default: false },
    count: { type: 'string', default: '3000' },
    storm: { type: 'boolean', default: false },
    mails: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '30' },
    restarts: { type: 'string', default: '8' },
    busy: { type: 'string', default: '0.02' },
    seed: { type: 'string', default: '1' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'zhika-mail-room-'))
async function fuzz(): Promise<void> {
  const unpacker = openUnpacker(openLog('warn'))
  const random = seedRandom(`fuzz:${values.seed}`)
  const times: { name: string; milliseconds: number }[] = []
  const codes = new Map<string, number>()
  let unexplained = 0
  for (let number = 0; number < Number(values.count); number++) {
    const { name, bytes } = hostileMail(random, number)
    const start = performance.now()
    const { papers, problems } = await unpacker.unpack([{ file: name, bytes }])
    times.push({ name, milliseconds: Math.round(performance.now() - start) })
    for (const { code } of problems) codes.set(code, (codes.get(code) ?? 0) + 1)
    if (papers.length + problems.length === 0 && sniffFormat(bytes, name) !== 'mail') unexplained++
  }
  await unpacker.close()
  console.log(`files            ${times.length}, without paper or sentence ${unexplained}`)
  console.log(
    `slowest          ${times
      .toSorted((one, other) => other.milliseconds - one.milliseconds)
      .slice(0, 5)
      .map(({ name, milliseconds }) => `${name} ${milliseconds} ms`)
      .join(', ')}`,
  )
  console.log(
    `sentences        ${[...codes]
      .toSorted(([, one], [, other]) => other - one)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
  )
  console.log(`peak memory      ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`)
}

try {
  if (values.fuzz) await fuzz()
  if (values.storm) {
    const report = await stormMailRoom({
      folder,
      mails: Number(values.mails),
      kills: Number(values.kills),
      restarts: Number(values.restarts),
      busy: Number(values.busy),
      random: seedRandom(values.seed).next,
      say: (line) => console.error(line),
    })
    console.log(JSON.stringify(report, null, 2))
    const { wrongSubmissions, lettersTwice, lettersMissing, reconciliation } = report
    const good = [wrongSubmissions, lettersTwice, lettersMissing, reconciliation.unexplained, reconciliation.waiting].every(
      (list) => list.length === 0,
    )
    process.exitCode = good ? 0 : 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
