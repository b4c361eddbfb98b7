import { expect, test } from 'vitest'
import { reasonInWords } from '../../src/desk/pages/reason-in-words.ts'

test.each([
  ['bounced 5.1.1', '被对方退回：收件地址不存在或写错'],
  ['bounced', '被对方退回，请核对地址'],
  ['delayed 4.4.7', '仍在投递：对方服务器联系不上'],
  ['EENVELOPE 550', '邮件服务器不收'],
  ['EENVELOPE 451', '稍后自动再发'],
  ['interrupted', '不知是否送出'],
  ['gave-up ECONNREFUSED', '已停止'],
  ['ETIMEDOUT', '连接中断'],
])('%s is told in words, with the code for who wants it', (reason, words) => {
  expect(reasonInWords(reason)).toContain(words)
  expect(reasonInWords(reason)).toContain(`（${reason}）`)
})
