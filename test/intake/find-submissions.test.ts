import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { findSubmissions } from '../../src/intake/find-submissions.ts'
import { temporaryFolder } from '../fixtures/open-memory.ts'

/** A tree of empty files; gives its root. */
function tree(...files: string[]): string {
  const root = temporaryFolder()
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), '')
  }
  return root
}

async function shape(root: string, path = root) {
  return (await findSubmissions(path)).map(({ name, files }) => [name, ...files.map(({ file }) => file.slice(root.length + 1))])
}

test('a folder that holds papers is one submission with everything below it, in the order of names', async () => {
  const root = tree('甲/扫描_10.jpg', '甲/扫描_2.jpg', '甲/身份证/1.jpg', '甲/来信.eml')
  expect(await shape(root, join(root, '甲'))).toEqual([
    [
      '甲',
      ...['甲/来信.eml', '甲/扫描_2.jpg', '甲/扫描_10.jpg', '甲/身份证/1.jpg'].toSorted(
        new Intl.Collator('zh-Hans-CN', { numeric: true }).compare,
      ),
    ],
  ])
})

test('a folder of folders is several, however deep, beside mails and archives', async () => {
  const root = tree('001/1.jpg', '更多/002/1.jpg', '更多/003/1.jpg', '来信.eml', '004.zip', 'README.md', '.DS_Store', '空/Thumbs.db')
  const counted = (await shape(root)).map(([name, ...files]) => `${name} ${files.length}`)
  expect(counted.toSorted()).toEqual(['001 1', '002 1', '003 1', '004.zip 1', '来信.eml 1'].toSorted())
})

test('several mails in one folder are several, a single one belongs to its folder', async () => {
  expect(await shape(tree('1.eml', '2.eml'))).toEqual([
    ['1.eml', '1.eml'],
    ['2.eml', '2.eml'],
  ])
  const root = tree('005/来信.eml')
  expect(await shape(root)).toEqual([['005', '005/来信.eml']])
})

test('a loose file is one submission, named as it was given', async () => {
  const root = tree('a.pdf')
  const [found] = await findSubmissions(join(root, 'a.pdf'))
  expect(found).toEqual({
    name: 'a.pdf',
    path: join(root, 'a.pdf'),
    files: [{ path: join(root, 'a.pdf'), file: join(root, 'a.pdf') }],
    problems: [],
  })
})

test('a file is named by the path as given and the way inside it', async () => {
  const root = tree('scans/004/扫描_01.jpg')
  const before = process.cwd()
  process.chdir(root)
  try {
    for (const path of ['scans/004', 'scans/004/', './scans/004', 'scans']) {
      const [found] = await findSubmissions(path)
      expect(found).toMatchObject({
        name: '004',
        path: join(root, 'scans/004'),
        files: [{ file: `${path === 'scans' ? 'scans/004' : path.replace(/\/$/u, '')}/扫描_01.jpg` }],
      })
    }
  } finally {
    process.chdir(before)
  }
})

test('links are not followed, deep and huge folders end, and each is told', async () => {
  const root = tree('甲/1.jpg', `甲/${'深/'.repeat(8)}2.jpg`, ...Array.from({ length: 2005 }, (_, at) => `乙/${at}.jpg`))
  symlinkSync('/etc', join(root, '甲', '链接'))
  const [one] = await findSubmissions(join(root, '甲'))
  expect(one?.files).toHaveLength(1)
  expect(one?.problems.map(({ code }) => code).toSorted()).toEqual(['folder-too-deep', 'link-not-followed'])
  const [many] = await findSubmissions(join(root, '乙'))
  expect(many?.files).toHaveLength(2000)
  expect(many?.problems).toMatchObject([{ code: 'too-many-files' }])
})

test('an empty folder holds nothing, a missing path is a fault', async () => {
  expect(await findSubmissions(tree('空/desktop.ini'))).toEqual([])
  await expect(findSubmissions('/nowhere/at/all')).rejects.toMatchObject({ code: 'path-missing' })
})
