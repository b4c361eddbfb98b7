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
  /** Draws the bar from now on. */
  show(): void
  stop(): void
}

/** Progress of what may be under way before its turn on the terminal comes: a bar on stderr when that is one; silent otherwise. */
export function keepProgress(label: string): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => undefined, show: () => undefined, stop: () => undefined }
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total}`, stream: process.stderr, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  )
  let told: readonly [done: number, total: number] | undefined
  let [isShown, isStarted] = [false, false]
  const draw = () => {
    if (!isShown || !told) return
    const [done, total] = told
    if (!isStarted) bar.start(total, done)
    isStarted = true
    bar.setTotal(total)
    bar.update(done)
  }
  return {
    update(done, total) {
      told = [done, total]
      draw()
    },
    show() {
      isShown = true
      draw()
    },
    stop: () => isStarted && bar.stop(),
  }
}
