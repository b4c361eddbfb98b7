import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** All that a file loads at once, itself included, and the packages among it; types are not loaded, nor what is imported later. */
function loadedBy(file: URL, known = new Set<string>()): Set<string> {
  if (known.has(file.href)) return known
  known.add(file.href)
  if (!file.pathname.endsWith('.ts')) return known
  for (const [, types, source = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (type )?(?:[^'"]*? from )?'([^']+)'/gmu)) {
    if (types) continue
    if (source.startsWith('.')) loadedBy(new URL(source, file), known)
    else known.add(source)
  }
  return known
}

test('a thread that reads begins without our own forms and what checks their values', () => {
  const loaded = loadedBy(new URL('../../../src/reading/worker/page-worker.ts', import.meta.url))
  expect([...loaded]).toContain('onnxruntime-node')
  expect([...loaded].some((name) => name.endsWith('understand-page.ts'))).toBe(true)
  expect([...loaded].filter((name) => name === 'zod' || name === 'iconv-lite' || name.endsWith('form-sheet.ts'))).toEqual([])
})
