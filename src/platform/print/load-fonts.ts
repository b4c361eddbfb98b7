/**
 * The fonts that papers are printed with: Noto Sans SC, regular and bold (SIL Open Font License), read once.
 *
 * pdf-lib's own fontkit loses Chinese glyphs when it subsets; fontkit 2 does not, but ends a subset with `encode()` where
 * pdf-lib asks for a stream. The adapter below is that difference.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { create, type Font, type Subset } from 'fontkit'
import type { Fontkit } from 'pdf-lib/cjs/types/fontkit.js'

export interface PrintFonts {
  readonly fontkit: Fontkit
  readonly regular: Uint8Array
  readonly bold: Uint8Array
  /** Whether the character has a shape in these fonts. */
  has(codePoint: number): boolean
}

let loaded: Promise<PrintFonts> | undefined

/** 21 MB on the first call, shared afterwards. */
export function loadFonts(): Promise<PrintFonts> {
  loaded ??= readFonts().catch((error: unknown) => {
    loaded = undefined
    throw error
  })
  return loaded
}

async function readFonts(): Promise<PrintFonts> {
  const find = createRequire(import.meta.url).resolve
  const [regular, bold] = await Promise.all([
    readFile(find('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')),
    readFile(find('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf')),
  ])
  const parsed = new Map<Uint8Array, Font>([regular, bold].map((bytes) => [bytes, parse(bytes)]))
  const shapes = parsed.get(regular)
  return {
    regular,
    bold,
    // Parsing takes longer than printing: the two parsed fonts serve every document, each document makes its own subset.
    fontkit: { create: (bytes: Uint8Array) => parsed.get(bytes) ?? parse(bytes) } as unknown as Fontkit,
    has: (codePoint) => shapes?.hasGlyphForCodePoint(codePoint) ?? false,
  }
}

function parse(bytes: Uint8Array): Font {
  const font = create(Buffer.from(bytes)) as Font
  const createSubset = font.createSubset.bind(font)
  font.createSubset = () => {
    const subset = createSubset() as Subset & { encodeStream?: () => Readable; encode: () => Uint8Array }
    subset.encodeStream = () => Readable.from([subset.encode()])
    return subset
  }
  return font
}
