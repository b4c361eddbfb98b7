import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

/** A printed letter, plainly read, whose recipient is read as `name`, each letter as surely as said. */
function letter(name: string, sureness: readonly number[]): WrittenPage {
  const print = { confidence: 0.999 }
  const page = new WrittenPage()
    .line(300, 40, '授权委托书', { size: 34 })
    .line(100, 300, '收件地址:福建省厦门市思明区鹭江道88号602室', print)
    .line(500, 360, '联系电话:13800001111', print)
    .line(100, 500, '法人姓名:李强', print)
    .line(100, 900, '签署日期:2026-11-20', print)
    .line(100, 360, `收件人:${name}`)
  const line = page.lines.pop()!
  const glyphs = line.glyphs.map((glyph, at) => ({ ...glyph, confidence: sureness[at - 4] ?? 0.99 }))
  page.lines.push({ ...line, glyphs })
  return page
}

/** The second recogniser sees these at the row of the name, one after the other; the first one sees nothing more. */
function seenBySecond(looks: readonly string[], confidence = 0.97): PageTools {
  let look = 0
  return {
    ...blindTools,
    strokesIn: () => [],
    readAgain: (box: Rectangle, how) => {
      if (!how?.bySecond || box.y > 380 || box.y < 340) return Promise.resolve(null)
      return Promise.resolve(new WrittenPage().line(box.x, box.y, looks[look++ % looks.length]!, { confidence }).lines[0]!)
    },
  }
}

const nameOf = async (page: WrittenPage, tools: PageTools) => (await understandPage(page, tools))[0]!.fields.recipientName!

describe('the second recogniser', () => {
  it('makes a name sure that it reads alike at both scales', async () => {
    const read = await nameOf(letter('孙顺竣', [0.99, 0.98, 0.6]), seenBySecond(['孙顺竣']))
    expect(read).toMatchObject({ value: '孙顺竣', certain: true })
    expect(read.evidence).toContain('two-readers')
    expect(await nameOf(letter('孙顺竣', [0.99, 0.98, 0.6]), blindTools)).toMatchObject({ value: '孙顺竣', certain: false })
  })

  it('is asked about a name that was read plainly too, for one that a network does not know is', async () => {
    const plainly = letter('孙顺竣', [0.95, 0.96, 0.94])
    expect(await nameOf(plainly, seenBySecond(['孙顺竣']))).toMatchObject({ value: '孙顺竣', certain: true })
    expect(await nameOf(plainly, seenBySecond(['孙顺骏']))).toMatchObject({ value: '孙顺竣', certain: false })
  })

  it('tells a letter that the first one hardly knew, and leaves it to be looked at', async () => {
    const read = await nameOf(letter('孙顺峻', [0.99, 0.98, 0.5]), seenBySecond(['孙顺竣']))
    expect(read).toMatchObject({ value: '孙顺竣', certain: false })
    expect(read.evidence).toEqual(expect.arrayContaining(['second-reader', 'mended']))
  })

  it('is not believed against what was read plainly, unsurely, or otherwise at another scale', async () => {
    const page = letter('孙顺峻', [0.6, 0.98, 0.97])
    expect((await nameOf(page, seenBySecond(['孙顺竣']))).value).toBe('孙顺峻')
    const doubtful = letter('孙顺峻', [0.99, 0.98, 0.5])
    expect((await nameOf(doubtful, seenBySecond(['孙顺竣'], 0.8))).value).toBe('孙顺峻')
    expect((await nameOf(doubtful, seenBySecond(['孙顺竣', '孙顺骏']))).value).toBe('孙顺峻')
  })
})
