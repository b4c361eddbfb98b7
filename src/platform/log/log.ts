/** Structured logs on stderr. Never personal data: ids, codes, counts and durations only. */
import { pino, destination } from 'pino'
import { Fault, codeOf } from '../errors.ts'

type Facts = Record<string, string | number | boolean | null | undefined>

export interface Log {
  info(event: string, facts?: Facts): void
  warn(event: string, facts?: Facts): void
  /** The message of an error that is no `Fault` may quote a paper: only its code and the place in our code are kept. */
  error(event: string, error: unknown, facts?: Facts): void
}

export function openLog(level: 'info' | 'warn' | 'error' | 'silent'): Log {
  const logger = pino({ level, base: undefined, timestamp: () => `,"time":"${new Date().toISOString()}"` }, destination(2))
  return {
    info: (event, facts = {}) => logger.info(facts, event),
    warn: (event, facts = {}) => logger.warn(facts, event),
    error: (event, error, facts = {}) => logger.error({ ...facts, ...describe(error) }, event),
  }
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

function describe(error: unknown): Facts {
  if (!(error instanceof Error)) return { code: 'unexpected' }
  const place = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim()
    .replace(/\(?file:\/\/.*\/(src|test)\//u, '($1/')
  return { code: codeOf(error), kind: error.name, place, ...(error instanceof Fault ? { message: error.message, ...error.facts } : {}) }
}
