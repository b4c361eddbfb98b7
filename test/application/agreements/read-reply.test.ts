import { describe, expect, it } from 'vitest'
import { newTextOf } from '../../../src/application/agreements/new-text.ts'
import { readReply } from '../../../src/application/agreements/read-reply.ts'
import { services } from '../../../src/guide/services.ts'

const systems = services.deregister.agreements
const all = systems.map(({ system }) => system)
const [tax, finance, insurance] = ['customs-tax', 'finance', 'insurance']

describe('a reply that says plainly that nothing is in force', () => {
  it.each([
    ['三个系统均无生效的三方协议。', all],
    ['三个系统都没有三方协议', all],
    ['您好，三个系统的三方协议均已解除，请办理注销。谢谢！', all],
    ['均已解除', all],
    ['三个系统已解约，请尽快注销，联系电话13806001234', all],
    ['全部已解约，谢谢', all],
    ['经查询，我司在海关税费电子支付系统、单一窗口金融服务系统和单一窗口保险服务系统中均不存在生效的三方协议。', all],
    ['1. 海关税费电子支付系统：无\n2. 单一窗口金融服务系统：无\n3. 单一窗口保险服务系统：没有', all],
    ['1、海关税费电子支付系统：已解约 2、单一窗口金融服务系统：无三方协议 3、单一窗口保险服务系统：未签约', all],
    ['海关税费电子支付系统已解约，金融服务系统和保险服务系统没有签过协议。', all],
    ['税费支付的三方协议已经解除了，金融、保险未开通', all],
    ['海关税费电子支付系统、金融服务系统、保险服务系统的三方协议，均已解除', all],
    ['上述系统没有未解除的三方协议', all],
    ['已确认三个系统没有生效的三方协议\n\n厦门鹭澜进出口有限公司\n经办人：苏晓岚\n电话：13806001234', all],
    ['贵中心：\n您好！我公司三个系统都没有有效的协议，特此确认。\n\n苏晓岚\n2026年11月20日\n\n发自我的iPhone', all],
    ['海关税费电子支付系统：协议已解除', [tax]],
    ['金融服务系统没有三方协议', [finance]],
    ['单一窗口保险服务系统已经没有生效的协议了', [insurance]],
    ['XM20261120-0001，金融服务系统和保险服务系统都没有协议', [finance, insurance]],
  ])('confirms what it names: %s', (text, confirmed) => {
    expect(readReply(text, systems)).toEqual({ confirmed, open: [], clear: true, mentions: true })
  })
})

describe('a reply that leaves room for doubt', () => {
  it.each([
    '没有',
    '无',
    '好的，收到',
    '好的，我们马上去解约',
    '请问怎么解约？',
    '三个系统都没有解约',
    '三个系统的协议都还没解除',
    '三个系统应该都没有协议',
    '三个系统都没有协议吗？',
    '三个系统都已解除，还差一个',
    '三个系统都已解除，除了金融的',
    '除金融服务系统外，均已解除',
    '海关税费的已解除，其他两个没有',
    '已提交解约申请，三个系统正在处理',
    '三个系统已申请解除',
    '协议已解除一份',
    '我司没有三方协议',
    '没有协议',
    '三个系统是否都没有协议，请贵中心查一下',
    '如果三个系统都没有协议，可以注销吗',
    '三个系统均已解除但银行尚未确认',
    '三个系统均已解除（金融待银行确认）',
    '金融服务系统已解约不成功',
    '海关税费电子支付系统：已确认',
    '海关税费电子支付系统 √',
    '三个系统都没有权限查询',
    '海关税费、金融服务系统已解除，金融服务系统还没解除',
    '海关税费电子支付系统、金融服务系统、保险服务系统',
    'All three agreements have been terminated.',
    '三个系统均无生效的三方协议，我司另有一份协议在建设银行',
    '三个系统明天解除',
    '三个系统已解除？',
    '三个系统不是没有协议',
    '并非三个系统均无生效的三方协议',
    '不能说三个系统没有生效的三方协议',
    '三个系统没有失效的协议',
    '三个系统未开通查询',
    '办好了',
    '三个系统均无三方协议，对吗',
    '三个系统均无三方协议\n是吗',
    '三个系统均无三方协议，李未',
    '银行说三个系统均无三方协议',
    '请确认三个系统均无三方协议',
    '三个系统已解除（口误）',
    '海关税费电子支付系统：有\n金融服务系统：无\n保险服务系统：无',
    '海关税费电子支付系统无法人卡',
    '金融服务系统没有用法人卡',
    '海关税费电子支付系统协议已在解约中',
    '三个系统都在解约中',
    '金融服务系统没有查看',
    '保险服务系统没有本企业',
    '三个系统未开通查询',
    '三个系统没有全部解除',
    '三个系统不全都没有协议',
    '有没有三方协议，三个系统都查不到',
    '三个系统没有办法解约',
    '海关税费电子支付系统没有协议，金融服务系统，保险服务系统',
  ])('confirms nothing: %s', (text) => {
    expect(readReply(text, systems)).toMatchObject({ confirmed: [], clear: false })
  })

  it('says what is left, and what is not, where both are plain', () => {
    expect(readReply('海关税费电子支付系统已解除；金融服务系统还没解约；保险服务系统无三方协议', systems)).toEqual({
      confirmed: [tax, insurance],
      open: [finance],
      clear: false,
      mentions: true,
    })
  })

  it('is not read beyond a page of text', () => {
    expect(readReply(`三个系统均无生效的三方协议。${'谢谢。'.repeat(500)}`, systems).confirmed).toEqual([])
  })
})

describe('what is quoted of earlier mails', () => {
  const quoted = '三个系统均无生效的三方协议'
  it.each([
    `收到\n\n------------------ 原始邮件 ------------------\n发件人: "x";\n${quoted}`,
    `收到\n\n---- 回复的原邮件 ----\n| 发件人 | x |\n${quoted}`,
    `收到\n在 2026-11-20 10:00:00，"某中心" <xmport@189.cn> 写道：\n${quoted}`,
    `收到\n在 2026年11月20日，10:00，某中心\n<xmport@189.cn> 写道：\n\n${quoted}`,
    `收到\n某中心 <xmport@189.cn> 于2026年11月20日周五 10:00写道：\n${quoted}`,
    `收到\nOn Fri, Nov 20, 2026 at 10:00 AM x <xmport@189.cn> wrote:\n${quoted}`,
    `收到\n发件人：某中心\n发送时间：2026年11月20日\n${quoted}`,
    `收到\n________________________________\n${quoted}`,
    `收到\n> ${quoted}\n>> ${quoted}`,
    `收到\n-----Original Message-----\n${quoted}`,
    `收到\n-- \n${quoted}`,
    `收到\n您好！我中心已收到您的“企业注销”申请。\n${quoted}`,
  ])('is not read: %s', (text) => {
    expect(newTextOf(text)).not.toContain(quoted)
    expect(readReply(text, systems)).toMatchObject({ confirmed: [], clear: false })
  })

  it('leaves what was written above it', () => {
    const text = `${quoted}。\n\n在 2026-11-20 10:00:00，"某中心" <xmport@189.cn> 写道：\n> 1. 海关税费电子支付系统\n尚未解约`
    expect(readReply(text, systems).confirmed).toEqual(all)
  })

  it('takes the answers out of a quote that was answered line by line, so that nothing is guessed of them', () => {
    const text = '> 1. 海关税费电子支付系统\n没有\n> 2. 金融服务系统\n没有\n> 3. 保险服务系统\n没有'
    expect(readReply(text, systems)).toMatchObject({ confirmed: [], clear: false })
  })
})
