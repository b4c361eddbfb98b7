import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished, vi } from 'vitest'
import { temporaryFolder } from '../fixtures/open-memory.ts'
import { environmentOf, foldersIn } from '../fixtures/run-service.ts'

const command = join(resolve(import.meta.dirname, '../..'), 'src/cli.ts')
// Stands for npm, which puts a shell between itself and the service; the service tells its own number.
const starter = `
  const [node, command] = ${JSON.stringify([process.execPath, command])}
  require('node:child_process').spawn('sh', ['-c', \`"\${node}" --disable-warning=ExperimentalWarning "\${command}" serve; exit $?\`], { stdio: ['ignore', 'inherit', 'ignore'] })
  setInterval(() => {}, 1000)
`

it('ends when the npm that started it was killed outright', { timeout: 30_000 }, async () => {
  const npm = spawn(process.execPath, ['-e', starter], {
    env: { ...environmentOf(foldersIn(temporaryFolder())), npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(createInterface({ input: npm.stdout }), 'line')
  const [shell] = childrenOf(npm.pid)
  const [service = 0] = childrenOf(shell)
  onTestFinished(() => {
    if (runs(service)) process.kill(service, 'SIGKILL')
  })
  expect(runs(service)).toBe(true)
  npm.kill('SIGKILL')
  await vi.waitFor(() => expect(runs(service)).toBe(false), { timeout: 15_000, interval: 100 })
})

function childrenOf(pid = 0): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
