import { describe, expect, test } from 'vitest'
import { turnRaster } from '../../../src/reading/decode/orient-raster.ts'
import { decodeCharacters, listLattice } from '../../../src/reading/engine/decode-characters.ts'
import { findInk } from '../../../src/reading/engine/find-ink.ts'
import { measureRegions } from '../../../src/reading/engine/measure-regions.ts'
import { findRules, transposePlane } from '../../../src/reading/marks/find-rules.ts'
import { findSquares } from '../../../src/reading/marks/find-squares.ts'
import { joinDots } from '../../../src/reading/marks/join-dots.ts'
import { kernels, runKernel, startPage, takeBytes, takeFloats, takeNumbers, takeWords } from '../../../src/reading/pixels/kernels.ts'
import { boundPieces, tracePieces } from '../../../src/reading/pixels/trace-pieces.ts'
import { samplePiece } from '../../../src/reading/raster/resample.ts'
import { specksOf } from '../../../src/reading/seals/dotted-rings.ts'
import { voteCircles } from '../../../src/reading/seals/vote-circles.ts'
import { findStrokes } from '../../../src/reading/worker/find-strokes.ts'
import { seedRandom } from '../../corpus/random.ts'

/** A map with the pixels of these pictures: `#` is 1. */
const mapOf = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  map: Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0)),
})

/** White paper with black rectangles. */
function paper(width: number, height: number, ...blots: readonly (readonly [x: number, y: number, width: number, height: number])[]) {
  const data = new Uint8Array(width * height * 3).fill(255)
  for (const [left, top, across, down] of blots)
    for (let y = top; y < top + down; y++) data.fill(0, (y * width + left) * 3, (y * width + left + across) * 3)
  return { width, height, data }
}

describe('loops that are compiled', () => {
  test('pieces are told with their edges, rows and sums, by their corners only when asked', () => {
    const drawn = mapOf('##......', '..#....#', '..##..##', '........')
    const values = Float32Array.from(drawn.map, (_, at) => at)
    const pieces = (byCorners: boolean) => {
      const told: unknown[] = []
      tracePieces({ ...drawn, map: drawn.map.slice(), byCorners, values }, ({ rows, ...piece }) => told.push({ ...piece, rows: [...rows] }))
      return told
    }
    expect(pieces(true)).toEqual([
      { left: 0, top: 0, right: 3, bottom: 2, count: 5, sum: 0 + 1 + 10 + 18 + 19, rows: [0, 1, 2, 2, 2, 3] },
      { left: 6, top: 1, right: 7, bottom: 2, count: 3, sum: 15 + 22 + 23, rows: [7, 7, 6, 7] },
    ])
    expect(pieces(false)).toHaveLength(3)
  })

  test('pieces of a map that finds no room in the common memory are told alike', () => {
    const random = seedRandom(3)
    const drawn = { width: 200, height: 90, map: Uint8Array.from({ length: 18_000 }, () => random.whole(0, 2) >> 1) }
    const trace = (map: Uint8Array) => {
      const told: unknown[] = []
      tracePieces({ ...drawn, map, byCorners: false }, ({ rows, ...piece }) => told.push({ ...piece, rows: [...rows] }))
      return told
    }
    startPage()
    const near = takeBytes(18_000)
    near.set(drawn.map)
    const told = trace(near)
    while (takeBytes(1_000_000).buffer === near.buffer);
    expect(told.length).toBeGreaterThan(1000)
    expect(trace(drawn.map)).toEqual(told)
    startPage()
  })

  test('pieces whose rows nobody asks for are told alike', () => {
    const random = seedRandom(4)
    const drawn = { width: 90, height: 70, byCorners: true }
    const map = Uint8Array.from({ length: 6300 }, () => random.whole(0, 2) >> 1)
    const [told, bound]: [unknown[], unknown[]] = [[], []]
    tracePieces({ ...drawn, map: map.slice() }, (piece) => told.push({ ...piece, rows: undefined }))
    boundPieces({ ...drawn, map: map.slice() }, (piece) => bound.push(piece))
    expect(bound).toEqual(told)
  })

  test('specks are the pieces of ink that are narrow and low, and touch no edge', () => {
    const [width, height] = [60, 40]
    // Three pixels wide and high at most on so small a picture; the last three touch at a corner and are four wide together.
    const within = [
      [10, 10, 1, 1],
      [20, 10, 2, 2],
    ] as const
    const others = [
      [30, 10, 4, 1],
      [40, 10, 1, 4],
      [50, 39, 1, 1],
      [0, 20, 1, 1],
      [20, 20, 2, 2],
      [22, 22, 1, 1],
      [23, 23, 1, 1],
    ] as const
    const specks = specksOf(paper(width, height, ...within, ...others))!
    expect([...specks.places]).toEqual([610, 620, 621, 680, 681])
    expect([...specks.data.keys()].filter((at) => specks.data[at] === 255)).toEqual([...specks.places])
  })

  test('runs of text are the rectangles about what is likely text', () => {
    const map = new Float32Array(100 * 60)
    for (let y = 20; y < 30; y++) map.fill(0.9, y * 100 + 10, y * 100 + 70)
    map.fill(0.4, 50 * 100 + 10, 50 * 100 + 40)
    const [region, ...others] = measureRegions(map, 100, 60)
    expect(others).toEqual([])
    expect(region).toMatchObject({ x: 40, y: 25, angle: 0 })
    expect(region!.score).toBeCloseTo(0.9, 5)
    expect(region!.width - region!.height).toBeCloseTo(50, 9)
    expect(region!.height).toBeGreaterThan(10)
  })

  test('a plane turned over its diagonal twice is the same plane', () => {
    for (const [width, height] of [
      [8, 8],
      [13, 31],
      [40, 9],
    ] as const) {
      const random = seedRandom(width)
      const plane = { width, height, data: Uint8Array.from({ length: width * height }, () => random.whole(0, 255)) }
      const turned = transposePlane(plane)
      expect(turned.data[3 * height + 5]).toBe(plane.data[5 * width + 3])
      expect([...transposePlane(turned).data]).toEqual([...plane.data])
    }
  })

  test.each([
    [90, false, [3, 0, 4, 1, 5, 2]],
    [180, false, [5, 4, 3, 2, 1, 0]],
    [270, false, [2, 5, 1, 4, 0, 3]],
    [0, true, [2, 1, 0, 5, 4, 3]],
    [90, true, [5, 2, 4, 1, 3, 0]],
  ] as const)('a picture turned by %i°, mirrored %s, has its pixels in their places', (degrees, isMirrored, order) => {
    const data = Uint8Array.from({ length: 18 }, (_, at) => at)
    const turned = turnRaster({ width: 3, height: 2, data }, degrees, isMirrored)
    expect([...turned.data]).toEqual(order.flatMap((pixel) => [pixel * 3, pixel * 3 + 1, pixel * 3 + 2]))
  })

  test('a network is given blue, green and red, each scaled and shifted', () => {
    const data = Uint8Array.from({ length: 21 }, (_, at) => at * 12)
    const floats = takeFloats(21)
    runKernel([data], [floats], (from, to) => kernels.asFloats(from, 7, to, 28, 0.5, 1, 0.25, 2, 0.125, 3))
    const wanted = [2, 1, 0].flatMap((channel) =>
      Array.from({ length: 7 }, (_, x) => data[x * 3 + channel]! * [0.125, 0.25, 0.5][channel]! + [3, 2, 1][channel]!),
    )
    expect([...floats]).toEqual(wanted)
  })

  test('characters are the likeliest of their steps, with what else they may be', () => {
    const dictionary = ['', ...'零一二三四五六七八九十百千万亿元角分人民币大写金额合计', ' ']
    const random = seedRandom(5)
    const rows = [
      new Map([[4, 0.6]]),
      new Map([[4, 0.7]]),
      new Map([[0, 0.9]]),
      new Map([
        [20, 0.4],
        [7, 0.3],
        [8, 0.0004],
      ]),
    ]
    const lattice = Float32Array.from({ length: rows.length * dictionary.length }, () => random.whole(1, 9) / 1e5)
    for (const [at, row] of rows.entries()) for (const [index, value] of row) lattice[at * dictionary.length + index] = value
    const glyphs = decodeCharacters(lattice, dictionary, 100, 8)
    expect(glyphs.map(({ character }) => character)).toEqual(['三', dictionary[20]])
    expect(glyphs.map(({ alternatives }) => alternatives?.map(({ character }) => character))).toEqual([undefined, ['六']])
    const steps = listLattice(lattice, dictionary, 100, 8)
    expect(steps.map(({ costs }) => costs.map(([character]) => character))[3]!.slice(0, 4)).toEqual(['', dictionary[20], '六', '七'])
  })

  test('the ink of a line is where its columns differ from top to bottom', () => {
    expect(findInk(paper(120, 48, [40, 10, 20, 8]))).toEqual({ x: 30, y: 0, width: 40, height: 48 })
    expect(findInk(paper(120, 48))).toBeUndefined()
  })

  test('strokes are found by the paper around them', () => {
    expect(findStrokes(paper(80, 60, [10, 10, 12, 3], [40, 30, 5, 5], [60, 5, 2, 2]), { x: 0, y: 0, width: 80, height: 60 })).toEqual([
      { x: 10, y: 10, width: 12, height: 3 },
      { x: 40, y: 30, width: 5, height: 5 },
    ])
  })

  test('a circle draws the votes of its edges', () => {
    const data = new Uint8Array(200 * 160)
    for (let turn = 0; turn < 2000; turn++)
      for (const radius of [39, 40, 41])
        data[Math.round(70 + radius * Math.sin(turn)) * 200 + Math.round(110 + radius * Math.cos(turn))] = 220
    const [best] = voteCircles({ width: 200, height: 160, data }, { least: 30, most: 60, edge: 14, enough: 0.25, limit: 4 })
    expect(Math.hypot(best!.x - 110, best!.y - 70)).toBeLessThan(3)
    expect(Math.abs(best!.radius - 40)).toBeLessThan(3)
  })

  test('a sparse row of probabilities is listed in full', () => {
    const row = new Float32Array(6625)
    for (const at of [0, 15, 16, 640, 6620, 6624]) row[at] = 0.5
    const places = takeWords(6625)
    let count = 0
    runKernel([row], [places], (from, to) => (count = kernels.listAbove(from, row.length, 0.5, to)))
    expect([...places.subarray(0, count)]).toEqual([0, 15, 16, 640, 6620, 6624])
  })

  test('ground between walls hangs together by touching runs, and is told in the order of its first pixels', () => {
    const drawn = mapOf('.#..#', '.##.#', '....#', '#####', '.....')
    const [starts, ends, groups, rows] = [takeWords(15), takeWords(15), takeWords(15), takeWords(6)]
    let count = 0
    runKernel([drawn.map], [starts, ends, groups, rows], (map, ...to) => (count = kernels.groupRuns(map, 5, 5, ...to)))
    const facts = takeNumbers(count * 6)
    runKernel([starts, ends, rows], [groups, facts], (first, last, at, ...to) => kernels.boundGroups(first, last, at, 5, ...to))
    // Left, right, top, bottom, pixels, sum of rows.
    expect([...facts]).toEqual([0, 3, 0, 2, 9, 2 * 1 + 4 * 2, 0, 4, 4, 4, 5, 5 * 4])
  })

  test('a rule is followed over a step and a break of three pixels, and one of four parts it', () => {
    const lines = (gap: number) => {
      const data = new Uint8Array(120 * 30)
      for (let x = 5; x < 110; x++) if (x < 50 || x >= 50 + gap) data[(x < 80 ? 15 : 16) * 120 + x] = 200
      return findRules({ width: 120, height: 30, data }, 20, 60).map(({ start, heights }) => [start, start + heights.length])
    }
    expect(lines(3)).toEqual([[5, 110]])
    expect(lines(4)).toEqual([
      [5, 50],
      [54, 110],
    ])
  })

  test('a square is told by its four sides, not by three', () => {
    const ink = new Uint8Array(60 * 40)
    for (let side = 0; side < 14; side++)
      for (const at of [10 * 60 + 20 + side, 23 * 60 + 20 + side, (10 + side) * 60 + 20, (10 + side) * 60 + 33]) ink[at] = 1
    const map = { width: 60, height: 40, factor: 1, unit: 5, ink, any: ink }
    expect(findSquares(map, 10, 20)).toEqual([{ x: 20, y: 10, side: 14, height: 14, merit: 2 }])
    for (let y = 12; y < 22; y++) ink[y * 60 + 33] = 0
    expect(findSquares(map, 10, 20)).toEqual([])
  })

  test('of two squares over each other the better drawn is kept, of two beside each other both', () => {
    const ink = new Uint8Array(60 * 40)
    const draw = (left: number, top: number, side: number) => {
      for (let at = 0; at < side; at++)
        for (const place of [
          top * 60 + left + at,
          (top + side - 1) * 60 + left + at,
          (top + at) * 60 + left,
          (top + at) * 60 + left + side - 1,
        ])
          ink[place] = 1
    }
    draw(5, 10, 16)
    draw(6, 11, 14)
    draw(35, 10, 14)
    const map = { width: 60, height: 40, factor: 1, unit: 5, ink, any: ink }
    expect(findSquares(map, 10, 20).map(({ x, side }) => [x, side])).toEqual([
      [5, 16],
      [35, 14],
    ])
  })

  test('dots of level and upright lines are joined over three pixels, and long lines drawn on', () => {
    const drawn = mapOf('#..#....##.#', '............', '............', '#...........')
    const map = { width: 12, height: 4, factor: 1, unit: 5, ink: drawn.map, any: drawn.map }
    const rowsOf = ({ ink }: { readonly ink: Uint8Array }) =>
      [0, 12, 24, 36].map((from) => Array.from(ink.subarray(from, from + 12), (one) => '.#'[one]).join(''))
    expect(rowsOf(joinDots(map, 2))).toEqual(['####....####', '#...........', '#...........', '#...........'])
    const long = mapOf('..#.#.#.#.#.#.#.....')
    expect([...joinDots({ ...map, width: 20, height: 1, ink: long.map }, 2).ink].map((one) => '.#'[one]).join('')).toBe(
      '#################...',
    )
  })

  test('a piece is shrunk by the mean of what it covers, and repeats the edge where it leaves the raster', () => {
    const raster = paper(90, 60, [30, 0, 60, 60])
    const shrunk = samplePiece(raster, { x: 45, y: 30, width: 90, height: 60, angle: 0 }, 30, 20)
    expect([...shrunk.data.subarray(0, 30)]).toEqual(Array(30).fill(255))
    expect([...shrunk.data.subarray(33, 90)]).toEqual(Array(57).fill(0))
    const beyond = samplePiece(raster, { x: 0, y: 30, width: 40, height: 40, angle: 0.3 }, 40, 40)
    expect([...beyond.data]).toEqual(Array(4800).fill(255))
  })

  test('what lies beside and below a picture is white to a network', () => {
    const { data } = paper(3, 2, [0, 0, 3, 2])
    const planes = takeFloats(3 * 8 * 4)
    runKernel([data], [planes], (from, to) => kernels.asPlanes(from, 3, 2, to, 8, 4, 2, 1, 4, 2, 6, 3))
    for (const [channel, scale] of [2, 4, 6].entries())
      for (let at = 0; at < 32; at++) expect(planes[channel * 32 + at]).toBe((at % 8 < 3 && at < 16 ? 0 : 255 * scale) + scale / 2)
  })
})
