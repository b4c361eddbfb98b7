import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const module = join(import.meta.dirname, '../../src/platform/share-one-heap.ts')

/** What a program says that shares one heap and then tells of itself. */
function tell(environment: NodeJS.ProcessEnv): unknown {
  const program = `const before = process.env.BEFORE ??= String(process.pid)
    const { shareOneHeap } = await import(${JSON.stringify(module)})
    shareOneHeap()
    console.log(JSON.stringify({ arenas: process.env.MALLOC_ARENA_MAX, pages: process.env.GLIBC_TUNABLES, isSame: before === String(process.pid), words: process.argv.slice(1) }))`
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program, 'read', '来件']
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env: environment }))
}

describe.runIf(process.platform === 'linux')('one heap for all threads', () => {
  const { MALLOC_ARENA_MAX: _, GLIBC_TUNABLES: __, ...bare } = process.env

  it('is had by beginning anew in the same place, with the same words', () => {
    expect(tell(bare)).toEqual({ arenas: '1', pages: 'glibc.malloc.hugetlb=1', isSame: true, words: ['read', '来件'] })
  })

  it('is left to whoever has said otherwise', () => {
    expect(tell({ ...bare, MALLOC_ARENA_MAX: '4' })).toMatchObject({ arenas: '4' })
    expect(tell({ ...bare, GLIBC_TUNABLES: 'glibc.malloc.hugetlb=0' })).toMatchObject({ arenas: '1', pages: 'glibc.malloc.hugetlb=0' })
  })
})
