/** Reads pages with Debian's tesseract, one process for all of them, in sparse-text mode (psm 11) and on one thread. */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { EngineRun } from './engine-run.ts'

/** `list` is where the pictures' names may be written. */
export async function runTesseract(pictures: readonly string[], list: string): Promise<EngineRun> {
  writeFileSync(list, `${pictures.join('\n')}\n`)
  // The shell tells the process's own CPU time, which Node does not know of its children.
  const script = `TIMEFORMAT='%R %U %S'; time tesseract "$0" - -l chi_sim --psm 11 2>/dev/null`
  const shell = spawn('bash', ['-c', script, list], { env: { ...process.env, OMP_THREAD_LIMIT: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let peakBytes = 0
  const watch = setInterval(() => (peakBytes = Math.max(peakBytes, peakOf(shell.pid!))), 100)
  const [out, error, code] = await Promise.all([
    collect(shell.stdout, (text) => process.stderr.write(`\rtesseract ${text.split('\f').length - 1}/${pictures.length}`)),
    collect(shell.stderr, () => undefined),
    new Promise<number | null>((resolve) => shell.on('close', resolve)),
  ])
  clearInterval(watch)
  process.stderr.write('\n')
  if (code !== 0) throw new Error(`tesseract ended with ${code}: ${error}`)
  const [seconds, user, system] = error.trim().split('\n').at(-1)!.split(' ').map(Number) as [number, number, number]
  return { seconds, cpuSeconds: user + system, peakBytes, texts: out.split('\f').slice(0, pictures.length) }
}

async function collect(stream: NodeJS.ReadableStream, onText: (whole: string) => void): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    onText(text)
  }
  return text
}

/** The most memory that the children of a process held so far; 0 where the system does not tell. */
function peakOf(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    return Math.max(
      ...children.map((child) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? 0) * 1024),
    )
  } catch {
    return 0
  }
}
