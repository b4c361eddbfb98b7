import { expect, onTestFinished, test } from 'vitest'
import { openUnpacker } from '../../src/intake/unpack/open-unpacker.ts'
import { sniffFormat } from '../../src/intake/unpack/sniff-format.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { seedRandom } from '../corpus/random.ts'
import { hostileMail } from '../fixtures/mutate-mail.ts'

test('a hundred hostile mails and archives end in papers or in sentences, under names that lead nowhere', { timeout: 60_000 }, async () => {
  const unpacker = openUnpacker(silentLog, { seconds: 20, memoryBytes: 2 ** 30 })
  onTestFinished(() => unpacker.close())
  const random = seedRandom('hostile')
  for (let number = 0; number < 120; number++) {
    const { name, bytes } = hostileMail(random, number)
    const { papers, problems } = await unpacker.unpack([{ file: name, bytes }])
    if (sniffFormat(bytes, name) !== 'mail') expect(papers.length + problems.length, name).toBeGreaterThan(0)
    for (const { file } of papers) expect(file.slice(name.length), name).not.toMatch(/\.\.\/|\\|[\p{Cc}\p{Cf}]|^\/[^!]/u)
    for (const { message } of problems) expect(message).toMatch(/请|不需要/u)
  }
})
