/**
 * The floor of reading: what the runs of the networks cost by themselves, on pictures of the same sizes, with nothing done
 * before or after them. `openReader({ onRuns })` tells which runs a reading made.
 */
import { Tensor } from 'onnxruntime-node'
import { openNetwork, type NetworkRun } from '../src/reading/engine/open-network.ts'

/** CPU seconds of one thread, summed over the runs. */
export interface Floor {
  readonly detection: number
  readonly recognition: number
  readonly detections: number
  readonly recognitions: number
}

/** Runs that warm a network up: memory is taken, code is read in. */
const warming = 3

/**
 * Repeats every run on noise (what a network costs does not depend on what it sees: measured on the pages themselves it cost the
 * same to a hundredth), one thread, and sums its CPU time.
 */
export async function measureFloor(calls: readonly NetworkRun[]): Promise<Floor> {
  const seconds = { detection: 0, recognition: 0 }
  for (const network of ['detection', 'recognition', 'second'] as const) {
    const { run, close } = await openNetwork(network, {})
    // The same sizes beside each other: each is drawn once.
    const sizes = Map.groupBy(
      calls.filter((call) => call.network === network),
      ({ width, height }) => `${width} × ${height}`,
    )
    let isWarm = false
    for (const [{ width, height }, ...others] of sizes.values() as Iterable<[NetworkRun, ...NetworkRun[]]>) {
      const noise = drawNoise(width, height)
      for (let count = isWarm ? 1 : warming; count > 0; count--) (await run(noise)).dispose()
      isWarm = true
      const { user, system } = process.cpuUsage()
      for (let count = 0; count <= others.length; count++) (await run(noise)).dispose()
      const spent = process.cpuUsage({ user, system })
      seconds[network === 'detection' ? network : 'recognition'] += (spent.user + spent.system) / 1e6
    }
    await close()
  }
  const count = (network: NetworkRun['network']) => calls.filter((call) => call.network === network).length
  return { ...seconds, detections: count('detection'), recognitions: count('recognition') + count('second') }
}

function drawNoise(width: number, height: number): Tensor {
  // A fixed sequence (Numerical Recipes' linear congruence): every measurement sees the same.
  let state = 1
  const values = Float32Array.from({ length: 3 * width * height }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
  return new Tensor('float32', values, [1, 3, height, width])
}
