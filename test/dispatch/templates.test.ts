import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { fillTemplate, type Slots } from '../../src/dispatch/letters/fill-template.ts'
import { openWording } from '../../src/dispatch/read-wording.ts'
import { letterKinds } from '../../src/flow.ts'

const sampleOf = async (folder: string) => JSON.parse(await readFile(`templates/${folder}/sample.json`, 'utf8')) as Slots
const signature = { office: '某中心', officeAddress: '某地', officePhone: '0592-5653395', officeHours: '某时', date: '2026年11月22日' }

describe('the wording', () => {
  it.each(letterKinds)('of the letter “%s” is filled by its sample, in plain sentences', async (kind) => {
    const { subject, body } = await openWording('templates').letter(kind, await sampleOf(`letters/${kind}`), signature)
    // A submission that became no application has no number; its own subject is quoted.
    expect(subject).toContain(kind === 'not-taken' ? '读卡器领取' : 'XM20261121-00')
    expect(`${subject}\n${body}`).not.toMatch(/[{}]|undefined|null|\[object|\n{3}|。。/u)
  })

  it('tells after a renewal or an unlocking that the password is back to the first one, and must be changed at once', async () => {
    for (const kind of ['accepted', 'posted', 'ready-for-pickup'] as const) {
      const sample = await sampleOf(`letters/${kind}`)
      const told = async (passwordReset: boolean) =>
        (await openWording('templates').letter(kind, { ...sample, passwordReset }, signature)).body
      expect(await told(true)).toMatch(/恢复为初始密码，.*立即修改/u)
      expect(await told(false)).not.toContain('恢复')
    }
  })

  it('of notice and waybill is filled by its sample', async () => {
    const wording = openWording('templates')
    expect(await wording.instructions('window', await sampleOf('pickup-notice'))).toHaveLength(3)
    expect(await wording.instructions('post', await sampleOf('pickup-notice'))).toHaveLength(3)
    expect((await wording.waybillNote(await sampleOf('waybill'))).length).toBeLessThan(70)
  })

  it('that is missing or wrong is a fault that names the file', async () => {
    await expect(openWording('templates/none').waybillNote({})).rejects.toMatchObject({
      code: 'template-missing',
      message: expect.stringContaining('waybill/note.txt'),
    })
    await expect(openWording('templates').waybillNote({})).rejects.toMatchObject({
      code: 'template-wrong',
      message: expect.stringContaining('{{things}}'),
    })
  })
})

describe('filling a template', () => {
  it('repeats lists with their numbers and leaves no line for a mark', () => {
    expect(fillTemplate('甲\n{{#list}}\n{{index}}. {{name}}\n{{/list}}\n乙', { list: [{ name: '一' }, { name: '二' }] })).toBe(
      '甲\n1. 一\n2. 二\n乙',
    )
  })

  it('shows a section only when there is something, its opposite only when there is not', () => {
    const template = '{{#note}}有{{note}}{{/note}}{{^note}}无{{/note}}'
    expect(fillTemplate(template, { note: '话' })).toBe('有话')
    expect(fillTemplate(template, { note: null })).toBe('无')
  })

  it('does not read marks inside of values', () => {
    expect(fillTemplate('{{name}}', { name: '{{secret}} {{#x}}' })).toBe('{{secret}} {{#x}}')
  })

  it('refuses a slot without a value and a section without an end', () => {
    expect(() => fillTemplate('{{name}}', {})).toThrow(/name/u)
    expect(() => fillTemplate('{{#a}}x', { a: true })).toThrow(/结尾/u)
    expect(() => fillTemplate('x{{/a}}', { a: true })).toThrow(/开头/u)
  })
})
