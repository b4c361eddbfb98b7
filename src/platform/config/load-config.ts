/**
 * The configuration: one TOML file (`zhika.toml`), environment over it. Each feature declares its own section beside
 * itself; `main.ts` joins them. Parsed once, then frozen. A secret has no default.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { Fault } from '../errors.ts'

/** Wrong configuration; the message is one Chinese sentence that names the key and what it must be. */
export class ConfigFault extends Fault {}

export interface ConfigSource {
  /** Path of the file; a missing file is an empty one. */
  readonly file: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Which environment variable stands for which key, e.g. `{ ZHIKA_PORT: 'web.port' }`. */
  readonly variables: Readonly<Record<string, string>>
}

/** Parses the whole configuration; throws a `ConfigFault` with one clear sentence. */
export function loadConfig<Sections extends z.ZodRawShape>(
  sections: Sections,
  source: ConfigSource,
): Readonly<z.infer<z.ZodObject<Sections>>> {
  const values = readConfigFile(source.file)
  const setBy = new Map<string, string>()
  for (const [variable, key] of Object.entries(source.variables)) {
    const value = source.env[variable]
    if (value === undefined || value === '') continue
    put(values, key.split('.'), value)
    setBy.set(key, variable)
  }
  // Sections may be left out altogether: their own defaults decide.
  for (const name of Object.keys(sections)) values[name] ??= {}
  const parsed = z.strictObject(sections).safeParse(values)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    const unknown = first?.code === 'unrecognized_keys' ? first.keys[0] : undefined
    const key = [...(first?.path ?? []), ...(unknown ? [unknown] : [])].join('.')
    const place = setBy.get(key) ? `环境变量 ${setBy.get(key)}` : `配置文件 ${source.file} 的 ${key}`
    throw new ConfigFault('config-wrong', unknown ? `${place} 不是可用的配置项，请删除或改正` : `${place} 不正确：${first?.message ?? ''}`)
  }
  return deepFreeze(parsed.data) as Readonly<z.infer<z.ZodObject<Sections>>>
}

function readConfigFile(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {}
  try {
    return parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch (cause) {
    const line = cause instanceof Error && 'line' in cause ? `第 ${String(cause.line)} 行` : ''
    throw new ConfigFault('config-syntax', `配置文件 ${file} ${line}不是正确的 TOML，请改正`, { cause })
  }
}

function put(target: Record<string, unknown>, [head, ...rest]: string[], value: string): void {
  if (head === undefined) return
  if (rest.length === 0) target[head] = value
  else put((target[head] ??= {}) as Record<string, unknown>, rest, value)
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(Object.freeze(value))) deepFreeze(inner)
  return value
}
