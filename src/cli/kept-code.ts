/** Compiled code and rewritten networks that `serve` and `process` have left in the data folder: with them a command begins for a third less. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { callingFolder } from './calling-folder.ts'

/**
 * Undefined where neither has run yet: a command that stores nothing makes no folder. It is told by the environment alone, for reading the
 * configuration is itself what compiled code is for; a data folder that `zhika.toml` names is not found, which costs time and nothing else.
 */
export function keptCode(): string | undefined {
  const { ZHIKA_DATA: named } = process.env
  const folder = join(named ? resolve(callingFolder(), named) : resolve(import.meta.dirname, '../../data'), 'code')
  return existsSync(folder) ? folder : undefined
}
