/** The ledger as the desk shows it; a workbook that is looked at is kept until a clerk takes it in. */
import { Writable } from 'node:stream'
import type { Ledger } from '../cards/open-ledger.ts'
import type { LedgerPort } from '../desk/ports.ts'
import type { FileStore } from '../platform/files/file-store.ts'
import { done, refuse } from '../platform/result.ts'

export function joinLedger(ledger: Ledger, files: FileStore): LedgerPort {
  return {
    search: ({ text, ...filter }) => ledger.search({ text, ...filter }),
    find: (number) => ledger.find(number),
    cardsOf: (uscc) => ledger.cardsOf(uscc),
    async stepsOf(number) {
      return (await ledger.historyOf(number)).map(({ at, actor, event }) => ({ at, actor, ...event }))
    },
    record: (number, what, actor) => ledger.record(number, what, actor),
    async look(bytes, actor) {
      const looked = await ledger.importSheet(bytes, { write: false, actor })
      if (!looked.ok) return looked
      const key = looked.value.badCount === 0 ? (await files.put(bytes)).sha256 : ''
      return done({ key, report: looked.value })
    },
    async takeIn(key, actor) {
      if (!/^[0-9a-f]{64}$/u.test(key) || !(await files.has(key))) return refuse('sheet-gone', '找不到刚才上传的工作簿，请重新上传')
      return ledger.importSheet(await files.get(key), { write: true, actor })
    },
    workbook: (how) => intoMemory((stream) => ledger.exportSheet(stream, how)),
    template: () => intoMemory((stream) => ledger.writeTemplate(stream)),
  }
}

async function intoMemory(write: (stream: Writable) => Promise<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _, next) {
      chunks.push(chunk)
      next()
    },
  })
  await write(stream)
  return Buffer.concat(chunks)
}
