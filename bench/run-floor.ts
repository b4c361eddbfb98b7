/** Repeats runs of the networks with nothing beside them: `node bench/run-floor.ts LIST.json`. LIST.json holds `NetworkRun[]`. Prints a `Floor` as JSON. */
import { readFileSync } from 'node:fs'
import type { NetworkRun } from '../src/reading/engine/open-network.ts'
import { measureFloor } from './measure-floor.ts'

const [list] = process.argv.slice(2) as [string]
console.log(JSON.stringify(await measureFloor(JSON.parse(readFileSync(list, 'utf8')) as NetworkRun[])))
