import type { EngineCost } from './engine-run.ts'

/** Measures this process from here on; what it gives tells the cost so far, the memory that of the process from its start. */
export function startMeter(): () => EngineCost {
  const startCpu = process.cpuUsage()
  const start = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(startCpu)
    return {
      seconds: (performance.now() - start) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    }
  }
}
