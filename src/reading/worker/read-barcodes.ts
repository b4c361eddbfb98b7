/** Reads the QR codes and Code 128 bars of an upright page. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes as readCodes } from 'zxing-wasm/reader'
import type { FoundBarcode, Raster } from '../page.ts'
import { resizeRaster } from '../raster/resample.ts'

/** A4 at 140 dpi: a module of a QR code 25 mm wide is still 4 px, and a page costs 15 ms instead of 50. */
const longSide = 1654

/** The wasm comes from the package: left to itself zxing fetches it from a public server. */
export async function openBarcodeReader(): Promise<(raster: Raster) => Promise<FoundBarcode[]>> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true })
  return async (raster) => {
    const scale = Math.min(1, longSide / Math.max(raster.width, raster.height))
    const small = resizeRaster(raster, Math.round(raster.width * scale), Math.round(raster.height * scale))
    const codes = await readCodes(asImage(small), {
      formats: ['QRCode', 'Code128'],
      maxNumberOfSymbols: 8,
      tryHarder: true,
      tryRotate: false,
      tryInvert: false,
      tryDownscale: false,
    })
    return codes
      .filter(({ isValid }) => isValid)
      .map(({ format, text, position }) => {
        const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight]
        const [xs, ys] = [corners.map(({ x }) => x / scale), corners.map(({ y }) => y / scale)]
        const [x, y] = [Math.min(...xs), Math.min(...ys)]
        return { format, text, box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y } }
      })
  }
}

function asImage({ width, height, data }: Raster) {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba[to] = data[from]!
    rgba[to + 1] = data[from + 1]!
    rgba[to + 2] = data[from + 2]!
    rgba[to + 3] = 255
  }
  return { width, height, data: rgba, colorSpace: 'srgb' as const }
}
