/** Pages as the engines without page handling get them: upright PNGs, one for each picture page. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Truth } from '../test/corpus/truth.ts'
import { columnOf, textValues } from './judge-values.ts'

export interface PicturePage {
  readonly path: string
  readonly column: string
  /** What stands on it that a text can spell. */
  readonly values: readonly string[]
}

/**
 * Writes each page that is a picture file, standing upright as the truth tells (a favour: those engines do not turn pages),
 * into `folder`. Pages of PDFs are left out.
 */
export async function preparePictures(truths: readonly Truth[], corpus: string, folder: string): Promise<PicturePage[]> {
  const pages: PicturePage[] = []
  for (const truth of truths)
    for (const document of truth.documents)
      for (const [index, page] of document.pages.entries()) {
        if (!/\.(jpe?g|png|tiff?)$/i.test(page.file)) continue
        const path = join(folder, `${pages.length}.png`)
        const upright = await sharp(readFileSync(join(corpus, 'submissions', page.file)))
          .rotate()
          .toBuffer()
        await sharp(upright)
          .rotate(page.rotation)
          .flatten()
          .toColourspace('srgb')
          .png({ compressionLevel: 1 })
          .withMetadata({ density: 200 })
          .toFile(path)
        const fields = Object.fromEntries(Object.entries(document.fields).filter(([, field]) => field.page === index))
        pages.push({
          path,
          column: columnOf(`${page.device}${truth.writing === 'hand' ? ' hand' : ''}`),
          values: textValues({ ...document, fields }),
        })
      }
  return pages
}
