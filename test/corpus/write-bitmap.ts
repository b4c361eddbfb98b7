/** A Windows bitmap, 24 bits a pixel, from the bottom row up, as old scanner programs write it. */
export function writeBitmap(pixels: Buffer, width: number, height: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(54 + row * height)
  file.write('BM', 0, 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  file.writeUInt32LE(row * height, 34)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3
      const to = 54 + (height - 1 - y) * row + x * 3
      file[to] = pixels[from + 2]!
      file[to + 1] = pixels[from + 1]!
      file[to + 2] = pixels[from]!
    }
  return file
}
