import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { keptCode } from '../../src/cli/kept-code.ts'

it('uses the compiled code of a service that has run, and makes no folder where none has', () => {
  const data = mkdtempSync(join(tmpdir(), 'zhika-data-'))
  onTestFinished(() => rmSync(data, { recursive: true }))
  vi.stubEnv('ZHIKA_DATA', data)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(keptCode()).toBeUndefined()
  mkdirSync(join(data, 'code'))
  expect(keptCode()).toBe(join(data, 'code'))
})
