import { expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures/open-memory.ts'
import { stormMailRoom } from '../fixtures/storm-mail-room.ts'
import { seedRandom } from '../corpus/random.ts'

it(
  'makes of every mail one submission and one letter, however often it is cut off, renumbered and killed',
  { timeout: 120_000 },
  async () => {
    const report = await stormMailRoom({
      folder: temporaryFolder(),
      mails: 60,
      kills: 4,
      restarts: 2,
      busy: 0,
      random: seedRandom('storm').next,
    })
    expect(report).toMatchObject({ kills: 4, restarts: 2, submissions: 60, wrongSubmissions: [], lettersTwice: [], lettersMissing: [] })
    expect(report.reconciliation).toMatchObject({ messages: 60, taken: 60, waiting: [], unexplained: [] })
  },
)
