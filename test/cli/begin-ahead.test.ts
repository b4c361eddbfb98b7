import { describe, expect, it } from 'vitest'
import { beginAhead } from '../../src/cli/begin-ahead.ts'

async function* listed(...items: string[]): AsyncGenerator<string> {
  yield* items
}

describe('beginning ahead', () => {
  it('has the next one under way while one is waited for, and no more, and tells them in order', async () => {
    const told: string[] = []
    const begin = (item: string) => {
      told.push(`begin ${item}`)
      return { reading: Promise.resolve(item) }
    }
    for await (const [item, { reading }] of beginAhead(listed('一', '二', '三'), begin)) {
      expect(await reading).toBe(item)
      told.push(`end ${item}`)
    }
    expect(told).toEqual(['begin 一', 'begin 二', 'end 一', 'begin 三', 'end 二', 'end 三'])
  })

  it('lets one that fails before its turn be told in its turn', async () => {
    const begin = (item: string) => ({ reading: item === '二' ? Promise.reject(new Error('二')) : Promise.resolve(item) })
    const ended: string[] = []
    for await (const [item, { reading }] of beginAhead(listed('一', '二', '三'), begin)) {
      await new Promise((resolve) => setImmediate(resolve))
      ended.push(await reading.then(String, () => `${item} fails`))
    }
    expect(ended).toEqual(['一', '二 fails', '三'])
  })
})
