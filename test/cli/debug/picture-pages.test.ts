import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { openDebugPictures } from '../../../src/cli/debug/picture-pages.ts'
import type { ReadDocument } from '../../../src/flow.ts'

const root = mkdtempSync(join(tmpdir(), 'zhika-debug-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const size = { width: 600, height: 800 }
const whitePage = () =>
  sharp({ create: { ...size, channels: 3, background: 'white' } })
    .jpeg()
    .toBuffer()

/** A page with one field, drawn into the folder. */
async function drawOne(folder: string, file: string, value: string | null, certain = true): Promise<void> {
  const pictures = await openDebugPictures(folder)
  const sha256 = await pictures.options.keepImage!(await whitePage())
  pictures.options.onSight!(file, 1, {
    lines: [[0.1, 0.5, 0.3, 0.02]],
    cells: [[0.05, 0.45, 0.9, 0.1]],
    checkBoxes: [{ box: [0.1, 0.8, 0.02, 0.015], checked: true, confidence: 1 }],
    barcodes: [{ format: 'QRCode', text: '示例', box: [0.7, 0.7, 0.1, 0.1] }],
  })
  const document: ReadDocument = {
    kind: 'business-licence',
    confidence: 0.99,
    pages: [{ file, page: 1, rotation: 0, image: { sha256, ...size } }],
    fields: { enterpriseName: { value, confidence: 1, source: 'ocr', page: 0, box: [0.1, 0.1, 0.4, 0.03], certain } },
    seals: [{ page: 0, box: [0.5, 0.2, 0.2, 0.15], color: 'red', shape: 'round', text: '厦门示例有限公司', confidence: 0.9 }],
  }
  await pictures.draw([document])
  expect(pictures.count).toBe(1)
}

async function pixelsOf(path: string) {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return {
    ...info,
    at: (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)],
    /** Dark pixels right of the page, where keys and values stand. */
    inkBeside: () => {
      let dark = 0
      for (let y = 60; y < info.height; y++)
        for (let x = size.width + 10; x < info.width; x++) if (data[(y * info.width + x) * 3 + 1]! < 110) dark++
      return dark
    },
  }
}

describe('pictures of how a page was read', () => {
  it('are named by file and page, replace their own and leave everything else alone', async () => {
    const folder = join(root, '新建', '看看')
    await drawOne(folder, '来件/来信.eml!/材料.zip!/营业执照.jpg', '厦门示例有限公司')
    const name = '来件_来信.eml_材料.zip_营业执照.jpg.第01页.zhika.png'
    expect(readdirSync(folder)).toEqual([name])
    const other = join(root, '别人的文件.png')
    writeFileSync(other, 'theirs')
    writeFileSync(join(folder, '营业执照.png'), 'theirs')
    rmSync(join(folder, name))
    symlinkSync(other, join(folder, name))
    await drawOne(folder, '来件/来信.eml!/材料.zip!/营业执照.jpg', '厦门示例有限公司')
    expect(readdirSync(folder).toSorted()).toEqual([name, '营业执照.png'].toSorted())
    expect(readFileSync(other, 'utf8')).toBe('theirs')
    expect(readFileSync(join(folder, '营业执照.png'), 'utf8')).toBe('theirs')
  })

  it('tell pages of the same flattened name apart and bound the length of a name', async () => {
    const folder = join(root, '重名')
    const pictures = await openDebugPictures(folder)
    const documents: ReadDocument[] = []
    for (const file of ['a/b.jpg', 'a_b.jpg', `${'很'.repeat(120)}.jpg`]) {
      const sha256 = await pictures.options.keepImage!(await whitePage())
      pictures.options.onSight!(file, 1, { lines: [], cells: [], checkBoxes: [], barcodes: [] })
      documents.push({
        kind: 'unknown',
        confidence: 1,
        pages: [{ file, page: 1, rotation: 0, image: { sha256, ...size } }],
        fields: {},
        seals: [],
      })
    }
    await pictures.draw(documents)
    const names = readdirSync(folder)
    expect(names).toHaveLength(3)
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  })

  it('outline the field by its certainty and write its value in Chinese with the bundled font', async () => {
    const folder = join(root, '画')
    await drawOne(folder, '确定.jpg', '龘')
    await drawOne(folder, '存疑.jpg', '龘', false)
    await drawOne(folder, '空.jpg', null)
    const picture = (name: string) => pixelsOf(join(folder, `${name}.jpg.第01页.zhika.png`))
    const [certain, doubtful, blank] = await Promise.all([picture('确定'), picture('存疑'), picture('空')])
    const onOutline = [60, 92] as const
    const [red, green] = certain.at(...onOutline) as [number, number]
    expect(green).toBeGreaterThan(red + 40)
    const [amberRed, , amberBlue] = doubtful.at(64, 80) as [number, number, number]
    expect(amberRed).toBeGreaterThan(amberBlue + 60)
    // A glyph of 51 strokes has more ink than a dash: it is no empty box.
    expect(certain.inkBeside()).toBeGreaterThan(blank.inkBeside() + 60)
    expect(certain.width).toBeGreaterThan(size.width)
  })

  it('fail with one sentence where the folder cannot be made', async () => {
    const taken = join(root, '是文件')
    writeFileSync(taken, '')
    await expect(openDebugPictures(taken)).rejects.toThrow('请换一个文件夹')
  })
})
