/** `zhika guide`: the office's rule book as it is in force, for proof-reading. */
import { resolve } from 'node:path'
import type { CommandCall } from '../cli.ts'
import { describeGuide, describeOffice } from '../guide/describe-guide.ts'
import { office } from '../guide/office.ts'
import { services } from '../guide/services.ts'
import { followConfigured } from '../join/guide-config.ts'
import { readConfiguration } from '../join/read-configuration.ts'
import { callingFolder } from './calling-folder.ts'
import { printTable } from './print-table.ts'

export async function run({ options }: CommandCall): Promise<number> {
  followConfigured(readConfiguration(process.env, resolve(import.meta.dirname, '../..'), callingFolder()).guide)
  if (options['json'] === true) {
    process.stdout.write(`${JSON.stringify({ office, services }, null, 2)}\n`)
    return 0
  }
  printTable(
    '',
    ['项目', '内容'],
    describeOffice().map(({ heading, text }) => [heading, text]),
  )
  for (const { title, code, chapter, rows } of describeGuide())
    printTable(
      `${chapter}　${title}　${code}`,
      ['项目', '要求', '指引'],
      rows.map(({ heading, lines }) => [heading, lines.map(({ text }) => text).join('\n'), lines.map(({ section }) => section).join('\n')]),
    )
  return 0
}
