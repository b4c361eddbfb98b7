/** Makes names from outside harmless to show and to join. Nothing is ever written to the disk under such a name. */

const longestName = 200

/** A single name: no folders, no control or direction-changing characters, at most 200 characters. */
export function cleanName(name: string): string {
  const bare = (name.replaceAll('\\', '/').split('/').at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  if (bare === '.' || bare === '..') return ''
  return bare.length <= longestName ? bare : shorten(bare)
}

/**
 * The way inside an archive. A name that is absolute, has a drive, or climbs (`..`) is cut to its last part and
 * reported as `unsafe`.
 */
export function cleanPath(path: string): { path: string; unsafe: boolean } {
  const slashed = path.replaceAll('\\', '/')
  const parts = slashed.split('/').filter((part) => part !== '' && part !== '.')
  const unsafe = slashed.startsWith('/') || /^[a-z]:/iu.test(slashed) || parts.includes('..') || parts.length > 20
  const kept = (unsafe ? [(parts.at(-1) ?? '').replace(/^[a-z]:/iu, '')] : parts).map(cleanName).filter((part) => part !== '')
  return { path: kept.join('/'), unsafe }
}

/** `name`, or `name (2)` before its ending when it is taken already. */
export function freeName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let free = name
  for (let count = 2; taken.has(free); count++) free = `${stem} (${count})${ending}`
  taken.add(free)
  return free
}

function shorten(name: string): string {
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : ''
  // Not in the middle of a character of two code units.
  return name.slice(0, longestName - ending.length).replace(/[\ud800-\udbff]$/u, '') + ending
}
