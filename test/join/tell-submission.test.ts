import { expect, it } from 'vitest'
import { tellSubmission } from '../../src/join/tell-submission.ts'

it('a letter names each file that could not be unpacked or read, and says what to do', () => {
  const empty = { file: '来信.eml!/照片.jpg', code: 'empty', message: '“照片.jpg”是空文件，请重新发送。' }
  const submission = { name: '来信.eml', receivedAt: '2026-11-20T02:00:00Z', mail: null, problems: [empty], reason: null }
  const locked = { file: '来信.eml!/材料/附件.pdf', code: 'encrypted', message: '设有密码，无法打开，请去掉密码后重新发送' }
  expect(tellSubmission(submission, { documents: [], problems: [empty, locked] }).problems.map(({ message }) => message)).toEqual([
    '“照片.jpg”是空文件，请重新发送。',
    '“附件.pdf”设有密码，无法打开，请去掉密码后重新发送。',
  ])
  expect(tellSubmission(submission, undefined)).toEqual(submission)
})
