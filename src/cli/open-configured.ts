/** The whole of zhika on this machine's configuration, as every command that stores something needs it. */
import { resolve } from 'node:path'
import { readConfiguration } from '../join/read-configuration.ts'
import { openZhika, type Zhika } from '../main.ts'
import { callingFolder } from './calling-folder.ts'

const root = resolve(import.meta.dirname, '../..')

/** A command that prints its result logs only what goes wrong, unless the environment asks for more. */
export async function openConfigured(level: 'info' | 'error' = 'error'): Promise<Zhika> {
  const config = readConfiguration(process.env, root, callingFolder())
  return openZhika(
    process.env['ZHIKA_LOG'] ? config : { ...config, log: { level: config.log.level === 'info' ? level : config.log.level } },
  )
}
