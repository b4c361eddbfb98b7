/** Reads the QR codes and Code 128 bars of an upright page. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes as readCodes } from 'zxing-wasm/reader'
import type { FoundBarcode, Raster } from '../page.ts'
import { kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { shrinkRaster } from '../pixels/shrink-raster.ts'

/** A picture with a longer side is halved. */
const leastSide = 1400

/** `fine` looks at every pixel: for codes that are known to be there. */
export type ReadBarcodes = (raster: Raster, fine?: boolean) => Promise<FoundBarcode[]>

/** The wasm comes from the package: left to itself zxing fetches it from a public server. */
export async function openBarcodeReader(): Promise<ReadBarcodes> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true })
  return async (raster, fine = false) => {
    // A4 at 100 dpi: a module of a QR code 25 mm wide is still 3 px, and a page costs 10 ms instead of 50.
    const shrink = !fine && Math.max(raster.width, raster.height) > leastSide ? 2 : 1
    const codes = await readCodes(asGrey(raster, shrink), {
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
        const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft].map(
          ({ x, y }) => [x * shrink, y * shrink] as const,
        )
        const [xs, ys] = [corners.map(([cornerX]) => cornerX), corners.map(([, cornerY]) => cornerY)]
        const [x, y] = [Math.min(...xs), Math.min(...ys)]
        return { format, text, box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }, corners }
      })
  }
}

/**
 * One channel, shrunk by 1 or 2, as a file (PGM): codes are black. Of pixels zxing takes four channels alone, and sums them one by one
 * in JavaScript.
 */
function asGrey(raster: Raster, shrink: number): Uint8Array {
  const { width, height, data } = shrinkRaster(raster, shrink)
  const head = Buffer.from(`P5\n${width} ${height}\n255\n`)
  const file = takeBytes(head.length + width * height)
  file.set(head)
  runKernel([data], [file.subarray(head.length)], (from, to) => kernels.asGrey(from, width * height, to))
  return file
}
