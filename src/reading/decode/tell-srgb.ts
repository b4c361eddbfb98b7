/**
 * Whether the colour profile of a picture says that its colours are what they are taken for without one: most scanners and
 * telephones attach that of sRGB, and following it costs as much as decoding the picture does.
 */

/** ICC.1:2022: a header (7.2), a table of tags (7.3), then what those point to. */
const header = { colours: 16, connection: 20, tags: 128, tagLength: 12, mostTags: 100 }
/** Red, green and blue of sRGB (IEC 61966-2-1) as X, Y and Z in the light of profiles, and its curve half way up. */
const srgb = {
  primaries: { rXYZ: [0.436, 0.2225, 0.0139], gXYZ: [0.3851, 0.7169, 0.0971], bXYZ: [0.1431, 0.0606, 0.7139] },
  curves: ['rTRC', 'gTRC', 'bTRC'],
  middle: 0.214,
}
/** Profiles round their numbers, some to three places; those of other colours lie farther off. */
const tolerance = 0.004

export function isSrgb(profile: Uint8Array): boolean {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength)
  try {
    const word = (at: number) => String.fromCharCode(...Array.from({ length: 4 }, (_, i) => view.getUint8(at + i)))
    if (word(header.colours) !== 'RGB ' || word(header.connection) !== 'XYZ ') return false
    const count = Math.min(view.getUint32(header.tags), header.mostTags)
    const tags = new Map<string, number>()
    for (let tag = 0, at = header.tags + 4; tag < count; tag++, at += header.tagLength) tags.set(word(at), view.getUint32(at + 4))
    // A table of colours goes before primaries.
    if (tags.has('A2B0')) return false
    const placeOf = (tag: string) => tags.get(tag) ?? Infinity
    const isNear = (value: number, wanted: number) => Math.abs(value - wanted) < tolerance
    return (
      Object.entries(srgb.primaries).every(([tag, amounts]) =>
        amounts.every((amount, i) => isNear(fixedAt(view, placeOf(tag) + 8 + i * 4), amount)),
      ) && srgb.curves.every((tag) => isNear(middleOf(view, placeOf(tag), word(placeOf(tag))), srgb.middle))
    )
  } catch (error) {
    // Cut off or pointing beyond its end.
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Numbers of 16 bits before and after the point (s15Fixed16Number). */
const fixedAt = (view: DataView, at: number): number => view.getInt32(at) / 65_536

/** What a curve makes of one half (10.6 and 10.18). */
function middleOf(view: DataView, at: number, type: string): number {
  if (type === 'curv') {
    const count = view.getUint32(at + 8)
    if (count === 0) return 0.5
    if (count === 1) return 0.5 ** (view.getUint16(at + 12) / 256)
    const [below, above] = [Math.floor((count - 1) / 2), Math.ceil((count - 1) / 2)]
    return (view.getUint16(at + 12 + below * 2) + view.getUint16(at + 12 + above * 2)) / 2 / 65_535
  }
  if (type !== 'para') return Number.NaN
  const parameter = (index: number) => fixedAt(view, at + 12 + index * 4)
  const kind = view.getUint16(at + 8)
  if (kind === 0) return 0.5 ** parameter(0)
  // sRGB is of these kinds: (a x + b) ^ g from d on, and e more in the second, which browsers and Android write.
  if ((kind !== 3 && kind !== 4) || parameter(4) >= 0.5) return Number.NaN
  return (parameter(1) * 0.5 + parameter(2)) ** parameter(0) + (kind === 4 ? parameter(5) : 0)
}
