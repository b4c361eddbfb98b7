/** A fax has twice as many dots across as down (ITU-T T.30: 204 × 98 dpi): how much a page must be stretched downwards. */

const tags = { xResolution: 282, yResolution: 283 }
const rational = 5

/** X resolution ÷ Y resolution of a page of a TIFF (TIFF 6.0, section 2), when it is plausible; else 1. `page` counts from 0. */
export function faxProportion(bytes: Uint8Array, page: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = view.getUint8(0) === 0x49
  // BigTIFF has another layout and no fax is written in it.
  if (view.byteLength < 8 || view.getUint16(2, little) !== 42) return 1
  try {
    let directory = view.getUint32(4, little)
    for (let at = 0; at < page; at++) directory = view.getUint32(directory + 2 + view.getUint16(directory, little) * 12, little)
    const x = readRational(view, directory, tags.xResolution, little)
    const y = readRational(view, directory, tags.yResolution, little)
    const proportion = x / y
    return proportion > 1.5 && proportion < 2.5 ? proportion : 1
  } catch (error) {
    // An offset outside of the file: the decoder decides whether the picture can be had all the same.
    if (error instanceof RangeError) return 1
    throw error
  }
}

function readRational(view: DataView, directory: number, wanted: number, little: boolean): number {
  const count = view.getUint16(directory, little)
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12
    if (view.getUint16(entry, little) !== wanted || view.getUint16(entry + 2, little) !== rational) continue
    const value = view.getUint32(entry + 8, little)
    return view.getUint32(value, little) / view.getUint32(value + 4, little)
  }
  return NaN
}
