import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures/open-memory.ts'

const root = join(import.meta.dirname, '../..')

/** Lints one planted file under the project's own rules; says whether the import was refused. */
function isRefused(file: string, imported: string): boolean {
  const folder = temporaryFolder()
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), `import { planted } from '${imported}'\nplanted()\n`)
  const lint = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['-f', 'json'], { cwd: folder, encoding: 'utf8' })
  return lint.stdout.includes('no-restricted-imports')
}

describe('the boundaries of the folders', () => {
  it.each([
    ['src/platform/queue/planted.ts', '../../guide/papers.ts'],
    ['src/guide/planted.ts', 'node:fs/promises'],
    ['src/guide/planted.ts', '../platform/clock.ts'],
    ['src/intake/planted.ts', '../application/record.ts'],
    ['src/reading/planted.ts', '../application/record.ts'],
    ['src/reading/understand/planted.ts', '../../intake/open-intake.ts'],
    ['src/application/planted.ts', '../reading/page.ts'],
    ['src/application/judge/planted.ts', '../../platform/database/open-database.ts'],
    ['src/application/transition.ts', 'kysely'],
    ['src/review/planted.ts', '../cards/open-cards.ts'],
    ['src/cards/planted.ts', '../dispatch/open-dispatch.ts'],
    ['src/dispatch/planted.ts', '../cards/open-cards.ts'],
    ['src/dispatch/planted.ts', '../parcels/open-parcels.ts'],
    ['src/parcels/planted.ts', '../cards/open-cards.ts'],
    ['src/intake/planted.ts', '../parcels/open-parcels.ts'],
    ['src/forms/planted.ts', '../dispatch/open-dispatch.ts'],
    ['src/reading/coded/planted.ts', '../../forms/pack-values.ts'],
    ['src/desk/planted.ts', '../intake/open-intake.ts'],
    ['src/desk/planted.ts', '../main.ts'],
  ])('refuse an import planted in %s of %s', (file, imported) => {
    expect(isRefused(file, imported)).toBe(true)
  })

  it('let a stage import itself, the guide, the record, the flow and the platform', () => {
    for (const imported of [
      './queue-jobs.ts',
      '../guide/papers.ts',
      '../application/applications.ts',
      '../flow.ts',
      '../platform/clock.ts',
    ])
      expect(isRefused('src/cards/planted.ts', imported)).toBe(false)
  })
})
