/** The whole of zhika on this machine's configuration, as every command that stores something needs it. */
import { resolve } from 'node:path'
import { readConfiguration } from '../join/read-configuration.ts'
import { openZhika, type Zhika } from '../main.ts'
import { callingFolder } from './calling-folder.ts'

const root = resolve(import.meta.dirname, '../..')

export async function openConfigured(): Promise<Zhika> {
  return openZhika(readConfiguration(process.env, root, callingFolder()))
}
