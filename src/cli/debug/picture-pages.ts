/** `--debug DIR`: a picture of every page as it was understood, named by its file and page. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentPage, ReadDocument } from '../../flow.ts'
import { Fault, codeOf } from '../../platform/errors.ts'
import type { PageSight } from '../../reading/page.ts'
import type { ReadOptions } from '../../reading/read-papers.ts'
import { drawPage } from './draw-page.ts'
import { openOutlines } from './outline-text.ts'

export interface DebugPictures {
  /** What the reader must keep for the pictures of one submission. */
  readonly options: Pick<ReadOptions, 'keepImage' | 'onSight'>
  /** Draws the pages of these documents and forgets what was kept. */
  draw(documents: readonly ReadDocument[]): Promise<void>
  readonly count: number
}

/** Our pictures end so and replace those of an earlier call; nothing else in the folder is touched. */
const ending = '.zhika.png'
/** Bytes that a file name may have on the file systems that offices use, less the ending and a number. */
const longestName = 200

export async function openDebugPictures(folder: string): Promise<DebugPictures> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw new Fault('debug-folder', `不能使用文件夹“${folder}”（${codeOf(error)}），请换一个文件夹`)
  }
  const newOutlines = await openOutlines()
  const images = new Map<string, Uint8Array>()
  const sights = new Map<string, PageSight>()
  const taken = new Set<string>()
  let count = 0

  return {
    options: {
      keepImage: async (bytes) => {
        const key = String(images.size)
        images.set(key, bytes)
        return key
      },
      onSight: (file, page, sight) => sights.set(placeOf({ file, page }), sight),
    },
    async draw(documents) {
      for (const { page, papers } of pagesOf(documents)) {
        const image = page.image && images.get(page.image.sha256)
        const sight = sights.get(placeOf(page))
        if (!image || !sight || !page.image) continue
        const { width, height } = page.image
        const picture = await drawPage({ title: `${page.file} 第 ${page.page} 页`, image, width, height, papers, sight }, newOutlines())
        await replace(join(folder, nameOf(page, taken)), picture)
        count++
      }
      images.clear()
      sights.clear()
    },
    get count() {
      return count
    },
  }
}

const placeOf = ({ file, page }: { readonly file: string; readonly page: number }) => `${file}\u0000${page}`

interface DrawnPage {
  readonly page: DocumentPage
  readonly papers: { readonly document: ReadDocument; readonly page: number }[]
}

/** A page that carries several papers is drawn once. */
function pagesOf(documents: readonly ReadDocument[]): DrawnPage[] {
  const pages = new Map<string, DrawnPage>()
  for (const document of documents)
    for (const [at, page] of document.pages.entries()) {
      const drawn = pages.get(placeOf(page)) ?? { page, papers: [] }
      drawn.papers.push({ document, page: at })
      pages.set(placeOf(page), drawn)
    }
  return [...pages.values()]
}

/** `来信.eml!/材料.zip!/01.jpg`, page 2 → `来信.eml_材料.zip_01.jpg.第02页.zhika.png`; a long path keeps its end. */
function nameOf({ file, page }: DocumentPage, taken: Set<string>): string {
  const flat = file
    .replace(/^(\.{0,2}\/)+/u, '')
    .replace(/!?\/+/gu, '_')
    .replace(/[\p{Cc}<>:"|?*\\]/gu, '_')
  let kept = Array.from(`${flat}.第${String(page).padStart(2, '0')}页`)
  while (Buffer.byteLength(kept.join('')) > longestName) kept = kept.slice(1)
  const name = kept.join('').replace(/^\.+/u, '_')
  for (let number = 1; ; number++) {
    const candidate = `${name}${number === 1 ? '' : `-${number}`}${ending}`
    if (taken.has(candidate)) continue
    taken.add(candidate)
    return candidate
  }
}

/** Whole or not at all; a link in the folder is replaced, never followed. */
async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const half = `${path}.${process.pid}.half`
  try {
    await writeFile(half, bytes, { flag: 'wx' })
    await rename(half, path)
  } catch (error) {
    await rm(half, { force: true })
    throw new Fault('debug-folder', `不能写入“${path}”（${codeOf(error)}），请检查权限和剩余空间`)
  }
}
