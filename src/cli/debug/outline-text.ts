/**
 * Text as the outlines of its glyphs, for pictures made from SVG: librsvg draws `<text>` with the fonts of the machine, and
 * a machine without Chinese fonts would show empty boxes. The shapes are those of the bundled Noto Sans SC.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

export interface TextOutlines {
  /** `<use>` elements of one line, its baseline starting at x, y; what does not fit into `most` pixels is cut with an ellipsis. */
  draw(text: string, at: { x: number; y: number; size: number; fill: string; most: number }): { svg: string; width: number }
  /** The shapes that were used so far, for `<defs>`. */
  definitions(): string
}

/** Parses the font once (10 MB); each picture collects its own shapes. */
export async function openOutlines(): Promise<() => TextOutlines> {
  const file = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')
  const font = create(await readFile(file)) as Font
  return () => collect(font)
}

function collect(font: Font): TextOutlines {
  const shapes = new Map<number, { readonly id: string; readonly path: string; readonly width: number }>()
  const shapeOf = (codePoint: number) => {
    const known = shapes.get(codePoint)
    if (known) return known
    const glyph = font.glyphForCodePoint(codePoint)
    const shape = { id: `g${shapes.size}`, path: glyph.path.toSVG(), width: glyph.advanceWidth / font.unitsPerEm }
    shapes.set(codePoint, shape)
    return shape
  }
  const ellipsis = '…'
  return {
    draw(text, { x, y, size, fill, most }) {
      const fitting = fit(Array.from(text.replace(/\p{Cc}/gu, ' ')), (character) => shapeOf(character.codePointAt(0)!).width * size, most)
      let left = x
      let svg = ''
      const scale = size / font.unitsPerEm
      for (const character of fitting) {
        const { id, width } = shapeOf(character.codePointAt(0)!)
        svg += `<use href="#${id}" transform="translate(${left.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})"/>`
        left += width * size
      }
      return { svg: `<g fill="${fill}">${svg}</g>`, width: left - x }
    },
    definitions: () => [...shapes.values()].map(({ id, path }) => `<path id="${id}" d="${path}"/>`).join(''),
  }

  function fit(characters: string[], widthOf: (character: string) => number, most: number): string[] {
    let used = 0
    for (const [at, character] of characters.entries()) {
      used += widthOf(character)
      if (used <= most) continue
      const room = most - widthOf(ellipsis)
      let kept = at
      while (kept > 0 && used - widthOf(characters[kept]!) > room) used -= widthOf(characters[kept--]!)
      return [...characters.slice(0, kept), ellipsis]
    }
    return characters
  }
}
