/** Writes the documents that are made from the code: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describeCardStates } from './describe-card-states.ts'
import { describeRules } from './describe-rules.ts'
import { describeStates } from './describe-states.ts'

export const madeDocs = { 'card-states.md': describeCardStates, 'rules.md': describeRules, 'states.md': describeStates } as const

if (import.meta.main)
  for (const [name, describe] of Object.entries(madeDocs)) writeFileSync(join(resolve(import.meta.dirname, '../../docs'), name), describe())
