import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { madeDocs } from './write-docs.ts'

it.each(Object.entries(madeDocs))('docs/%s says what the code does: run `npm run docs` after a change', (name, describe) => {
  expect(readFileSync(resolve(import.meta.dirname, '../../docs', name), 'utf8')).toBe(describe())
})
