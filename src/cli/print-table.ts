/** Tables and progress for people at a terminal. */
import Table from 'cli-table3'
import { Presets, SingleBar } from 'cli-progress'

/** Prints a table on stdout; Chinese characters take two columns. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = new Table({ head: [...head], style: { head: [], border: [] }, wordWrap: true, wrapOnWordBoundary: false })
  for (const row of rows) table.push([...row])
  process.stdout.write(`${title === '' ? '' : `\n${title}\n`}${table.toString()}\n`)
}

export interface ProgressBar {
  update(done: number, total: number): void
  stop(): void
}

/** A bar on stderr when it is a terminal; silent otherwise. */
export function showProgress(label: string): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total}`, stream: process.stderr, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  )
  let started = false
  return {
    update(done, total) {
      if (!started) bar.start(total, done)
      started = true
      bar.setTotal(total)
      bar.update(done)
    },
    stop: () => started && bar.stop(),
  }
}

/** Progress of what may be under way before its turn on the terminal comes: `show` draws the bar from then on. */
export function keepProgress(label: string): ProgressBar & { show(): void } {
  let bar: ProgressBar | undefined
  let told: Parameters<ProgressBar['update']> | undefined
  return {
    update(...progress) {
      told = progress
      bar?.update(...progress)
    },
    show() {
      bar = showProgress(label)
      if (told) bar.update(...told)
    },
    stop: () => bar?.stop(),
  }
}
