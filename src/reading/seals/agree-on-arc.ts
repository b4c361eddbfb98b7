/** Several readings of one arc made into one: each character stands at its angle, at an even distance from the next. */

interface ArcGlyph {
  readonly character: string
  readonly confidence: number
  /** Radians along the strip's way round. */
  readonly angle: number
  readonly alternatives: readonly { readonly character: string; readonly confidence: number }[]
}

/** What one look saw, from the start of the arc to its end. */
export type ArcReading = readonly ArcGlyph[]

export interface AgreedArc {
  readonly text: string
  /** 0…1: how well the readings agree on every character, and on there being no other. */
  readonly confidence: number
  /** Where the middle of what was read stands, as an angle. */
  readonly middle: number
}

interface Place {
  readonly angle: number
  readonly character: string
  /** Share of the readings that stand behind the character, weighed by their confidence. */
  readonly share: number
}

/**
 * `kinds` says which ink each reading saw: readings of one ink are misled alike, so they have one vote between them. Null when
 * no reading holds three Chinese characters in a row.
 */
export function agreeOnArc(readings: readonly ArcReading[], kinds: readonly string[] = readings.map((_, at) => `${at}`)): AgreedArc | null {
  const pitch = pitchOf(readings)
  if (pitch === null) return null
  const seen = gather(readings, pitch, kinds)
  const row = trimEnds(seen, pitch)
  const places = cutShreds(row)
  const text = places.map(({ character }) => character).join('')
  if (han(text) < 3) return null
  let surety = places.reduce((sum, { share }) => sum + Math.log(Math.max(0.05, share)), 0) / places.length
  // One doubtful character makes another name.
  surety = Math.min(surety, Math.log(Math.max(0.05, Math.min(...places.map(({ share }) => share)))) * 0.6)
  for (const [index, place] of places.entries()) if (index > 0 && place.angle - places[index - 1]!.angle > 1.55 * pitch) surety -= 0.35
  // Letters beyond a hole are of the name as well: what stands in it was not read.
  const isBeyond = ({ angle, character, share }: Place) =>
    share > plainShare && han(character) > 0 && (angle < row[0]!.angle - pitch || angle > row.at(-1)!.angle + pitch)
  if (seen.some(isBeyond)) surety -= 0.35
  return { text, confidence: Math.exp(surety), middle: (places[0]!.angle + places.at(-1)!.angle) / 2 }
}

/** Shreds of the ring and of words beneath the star are not read so plainly. */
const plainShare = 0.7

const han = (text: string) => (text.match(/\p{Script=Han}/gu) ?? []).length

/** The usual distance of two neighbouring characters in radians; null when too few were seen. */
export function pitchOf(readings: readonly ArcReading[]): number | null {
  const steps: number[] = []
  for (const glyphs of readings) {
    const sure = glyphs.filter(({ character, confidence }) => confidence > 0.5 && /\p{Script=Han}/u.test(character))
    for (let index = 1; index < sure.length; index++) steps.push(sure[index]!.angle - sure[index - 1]!.angle)
  }
  if (steps.length < 2) return null
  steps.sort((one, other) => one - other)
  // Characters are missed more often than invented: a little below the middle.
  return steps[Math.floor(steps.length * 0.42)]!
}

/** Glyphs of all readings that stand at one angle are one character: the one with the most behind it. */
function gather(readings: readonly ArcReading[], pitch: number, kinds: readonly string[]): Place[] {
  const all = readings.flatMap((glyphs, reading) => glyphs.map((glyph) => ({ ...glyph, reading })))
  all.sort((one, other) => one.angle - other.angle)
  const groups: (typeof all)[] = []
  for (const glyph of all) {
    const group = groups.at(-1)
    const middle = group ? group.reduce((sum, { angle }) => sum + angle, 0) / group.length : -Infinity
    if (group && glyph.angle - middle < 0.5 * pitch) group.push(glyph)
    else groups.push([glyph])
  }
  const places: Place[] = []
  for (const group of groups) {
    const byKind = Map.groupBy(group, ({ reading }) => kinds[reading]!)
    const votes = new Map<string, number>()
    let seen = 0
    for (const [kind, glyphs] of byKind) {
      for (const [character, confidence] of surest(glyphs)) votes.set(character, (votes.get(character) ?? 0) + confidence)
      seen += new Set(glyphs.map(({ reading }) => reading)).size / kinds.filter((other) => other === kind).length
    }
    const all = new Set(kinds).size
    if (seen < 0.24 * all) continue
    const [character, votesFor] = [...votes].reduce((best, entry) => (entry[1] > best[1] ? entry : best))
    const angle =
      group.reduce((sum, glyph) => sum + glyph.angle * glyph.confidence, 0) / group.reduce((sum, { confidence }) => sum + confidence, 0)
    places.push({ angle, character, share: votesFor / all })
  }
  return places
}

/** What readings of one ink make of a place: each character with the most that one of them gives it. */
function surest(glyphs: ArcReading): Map<string, number> {
  const best = new Map<string, number>()
  const offer = (character: string, confidence: number) => best.set(character, Math.max(best.get(character) ?? 0, confidence))
  for (const { character, confidence, alternatives } of glyphs) {
    offer(character, confidence)
    for (const rival of alternatives) offer(rival.character, rival.confidence)
  }
  return best
}

/** Shreds of the ring, of the number or of print after the name's last word; and a level stroke by itself is 一. */
function cutShreds(places: readonly Place[]): Place[] {
  const read = places.map((place) => (/[·\-—－]/u.test(place.character) ? { ...place, character: '一' } : place))
  const text = read.map(({ character }) => character).join('')
  const end = text.lastIndexOf('公司') + 2
  const tail = text.slice(end)
  return end > 4 && tail.length <= 3 && !/[章部店厂会处所社]$/u.test(tail) ? read.slice(0, end) : read
}

/** What stands apart from the row of characters (the seal's number, words under the star) is not of the name. */
function trimEnds(places: readonly Place[], pitch: number): Place[] {
  const rows: Place[][] = []
  for (const place of places) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    if (row && last && place.angle - last.angle < 1.75 * pitch && place.angle - last.angle > 0.35 * pitch) row.push(place)
    else if (row && last && place.angle - last.angle <= 0.35 * pitch) {
      if (place.share > last.share) row[row.length - 1] = place
    } else rows.push([place])
  }
  const worth = (row: readonly Place[]) =>
    row.reduce((sum, { share, character }) => sum + (/\p{Script=Han}/u.test(character) ? share : 0), 0)
  const longest = rows.reduce((best, row, index) => (worth(row) > worth(rows[best]!) ? index : best), 0)
  const kept = [...(rows[longest] ?? [])]
  // A hole of one or two characters in a name: both sides of it are of the name.
  for (
    let index = longest + 1;
    index < rows.length && worth(rows[index]!) >= 1.6 && rows[index]![0]!.angle - kept.at(-1)!.angle < 3.4 * pitch;
    index++
  )
    kept.push(...rows[index]!)
  for (
    let index = longest - 1;
    index >= 0 && worth(rows[index]!) >= 1.6 && kept[0]!.angle - rows[index]!.at(-1)!.angle < 3.4 * pitch;
    index--
  )
    kept.unshift(...rows[index]!)
  const isName = ({ character }: Place) => /[\p{Script=Han}()]/u.test(character)
  while (kept.length > 0 && !isName(kept[0]!)) kept.shift()
  while (kept.length > 0 && !isName(kept.at(-1)!)) kept.pop()
  return kept
}
