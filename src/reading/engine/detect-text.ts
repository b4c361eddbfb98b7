/** Finds the runs of text on a picture with the PP-OCRv4 detection network. */
import { Tensor } from 'onnxruntime-node'
import { resizeRaster } from '../raster/resample.ts'
import type { Raster } from '../page.ts'
import { kernels, runKernel, takeFloats } from '../pixels/kernels.ts'
import type { Network } from './open-network.ts'
import { measureRegions, type Region } from './measure-regions.ts'

/** ImageNet's mean and deviation in the order blue, green, red, in which PaddleOCR trained. */
const mean = [0.485, 0.456, 0.406]
const deviation = [0.229, 0.224, 0.225]
/** The network halves its picture five times. */
const multiple = 32
/** Room around the text: the network is blind at the very edge. */
const margin = 8

/** No picture costs more than three pages. */
const mostPixels = 1_200_000

/** The long side at which a page is seen: 736 px finds the 9 pt print of an A4 page at half the cost of 960. */
const longSide = 736
/** A telephone's tall screenshot keeps at least this much of its width. */
const shortSide = 480

/** How much a whole page is shrunk for the network: cost grows with its square, and a letter below 8 px is missed. */
export function pageScale({ width, height }: Raster): number {
  const wanted = Math.max(longSide / Math.max(width, height), shortSide / Math.min(width, height))
  return Math.min(1, wanted, Math.sqrt(mostPixels / (width * height)))
}

/** Tilted rectangles around runs of text, in pixels of the raster, seen at `scale`. */
export async function detectText(network: Network, raster: Raster, scale: number): Promise<Region[]> {
  const width = Math.max(4, Math.round(raster.width * scale))
  const height = Math.max(4, Math.round(raster.height * scale))
  const padded = { width: upTo(width + margin), height: upTo(height + margin) }
  const small = resizeRaster(raster, width, height)
  const input = asInput(small, padded)
  const map = takeFloats(padded.width * padded.height)
  await network.run(
    new Tensor('float32', input, [1, 3, padded.height, padded.width]),
    new Tensor('float32', map, [1, 1, padded.height, padded.width]),
  )
  const regions = measureRegions(map, padded.width, padded.height)
  return regions.map((region) => ({
    ...region,
    x: (region.x * raster.width) / width,
    y: (region.y * raster.height) / height,
    width: (region.width * raster.width) / width,
    height: (region.height * raster.height) / height,
  }))
}

/** For each channel, blue first, what a level is multiplied with and what is added to it for the network. */
const scales = mean.flatMap((middle, channel) => [1 / 255 / deviation[channel]!, -middle / deviation[channel]!])

/** Planes of blue, green and red, white below and right of the picture. */
function asInput({ width, height, data }: Raster, padded: { readonly width: number; readonly height: number }): Float32Array {
  const input = takeFloats(3 * padded.width * padded.height)
  runKernel([data], [input], (from, to) => kernels.asPlanes(from, width, height, to, padded.width, padded.height, ...scales))
  return input
}

const upTo = (side: number) => Math.ceil(side / multiple) * multiple
