/** Takes in one arrival after another until it is killed: `node receive-until-killed.ts FOLDER FIRST LAST`. */
import { join } from 'node:path'
import { intakeConfig } from '../../src/intake/intake-config.ts'
import { openIntake } from '../../src/intake/open-intake.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database/open-database.ts'
import { openFileFolder } from '../../src/platform/files/file-store.ts'
import { randomIds as ids } from '../../src/platform/ids.ts'
import { silentLog as log } from '../../src/platform/log/log.ts'
import { openTableQueue } from '../../src/platform/queue/table-queue.ts'

const [folder = '', first, last] = process.argv.slice(2)
const database = openDatabase(join(folder, 'zhika.db'))
const queue = openTableQueue({ database, clock: systemClock, ids, log })
const files = await openFileFolder(join(folder, 'files'), ids)
const intake = openIntake({ database, files, queue, clock: systemClock, ids, log, config: intakeConfig.parse({}) })

for (let number = Number(first); number < Number(last); number++) {
  const scans = [1, 2, 3].map((page) => ({ file: `${page}.jpg`, bytes: Buffer.from(`scan ${number} page ${page}`) }))
  await intake.receive({ door: 'upload', name: `来件 ${number}`, key: `arrival:${number}`, files: scans })
  process.stdout.write(`${number}\n`)
}
