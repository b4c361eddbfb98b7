/**
 * What the mail room does and costs.
 *
 * `node bench/mail-room.ts --storm [--mails 2000] [--kills 30] [--restarts 8] [--seed N]`: the real service between a real
 * Dovecot and a real SMTP server, cut, restarted, renumbered and killed; prints what was lost or doubled (nothing may be).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seedRandom } from '../test/corpus/random.ts'
import { stormMailRoom } from '../test/fixtures/storm-mail-room.ts'

const { values } = parseArgs({
  options: {
    storm: { type: 'boolean', default: false },
    mails: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '30' },
    restarts: { type: 'string', default: '8' },
    busy: { type: 'string', default: '0.02' },
    seed: { type: 'string', default: '1' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'zhika-mail-room-'))
try {
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
