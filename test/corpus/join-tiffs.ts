/** Puts single-page TIFF files behind one another into one, as a fax server or a scanner does (TIFF 6.0, section 2). */

/** Bytes of a value of each field type, by the type's number. */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const stripOffsets = 273
const tileOffsets = 324
const long = 4
const short = 3

/** All must be little-endian and have one page. */
export function joinTiffs(files: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])]
  let length = 8
  let link = 4
  for (const file of files) {
    // Each file is kept whole behind an even offset; what points into it is moved.
    const moved = Buffer.from(file)
    const base = length
    const directory = moved.readUInt32LE(4)
    const count = moved.readUInt16LE(directory)
    for (let i = 0; i < count; i++) moveEntry(moved, directory + 2 + i * 12, base)
    const joined = Buffer.concat([...parts.splice(0), moved, ...(moved.length % 2 === 1 ? [Buffer.alloc(1)] : [])])
    joined.writeUInt32LE(base + directory, link)
    link = base + directory + 2 + count * 12
    joined.writeUInt32LE(0, link)
    parts.push(joined)
    length = joined.length
  }
  return Buffer.concat(parts)
}

function moveEntry(file: Buffer, at: number, base: number): void {
  const tag = file.readUInt16LE(at)
  const type = file.readUInt16LE(at + 2)
  const count = file.readUInt32LE(at + 4)
  const outside = (sizes[type] ?? 1) * count > 4
  const values = outside ? file.readUInt32LE(at + 8) : at + 8
  if (tag === stripOffsets || tag === tileOffsets)
    for (let i = 0; i < count; i++) {
      if (type === long) file.writeUInt32LE(file.readUInt32LE(values + i * 4) + base, values + i * 4)
      else if (type === short) throw new Error('strips at short offsets')
    }
  if (outside) file.writeUInt32LE(values + base, at + 8)
}
