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
      mails: 40,
      kills: 3,
      restarts: 1,
      busy: 0,
      random: seedRandom('storm').next,
    })
    expect(report).toMatchObject({ kills: 3, restarts: 1, submissions: 40, wrongSubmissions: [], lettersTwice: [], lettersMissing: [] })
    expect(report.reconciliation).toMatchObject({ messages: 40, taken: 40, waiting: [], unexplained: [] })
  },
)
