/** Reads the office's wording. Files are small and read each time: a change of wording needs no restart. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LetterKind } from '../flow.ts'
import { Fault, PermanentFault } from '../platform/errors.ts'
import { escapeHtml } from './letters/build-mail.ts'
import { fillTemplate, type Slots } from './letters/fill-template.ts'

export interface Wording {
  letter(kind: LetterKind, slots: Slots, signature: Slots): Promise<{ subject: string; body: string }>
  /** The HTML around the paragraphs of a letter. */
  layout(): Promise<(title: string, paragraphs: string) => string>
  /** A letter filled with its sample, as the desk previews it. */
  sample(kind: LetterKind): Promise<Slots>
  /** Instructions of the notice, one sentence each. */
  instructions(method: 'post' | 'window', slots: Slots): Promise<string[]>
  waybillNote(slots: Slots): Promise<string>
}

export function openWording(folder: string): Wording {
  const read = (file: string) =>
    readFile(join(folder, file), 'utf8').catch((cause: unknown) => {
      throw new PermanentFault('template-missing', `缺少文字模板 ${file}，请恢复 templates 文件夹后重试`, { cause })
    })

  async function fill(file: string, slots: Slots): Promise<string> {
    const template = await read(file)
    try {
      return fillTemplate(template, slots)
    } catch (error) {
      if (error instanceof Fault) throw new PermanentFault(error.code, `${error.message}，请改正 ${file}`)
      throw error
    }
  }
  return {
    async letter(kind, slots, signature) {
      const text = await fill(`letters/${kind}/letter.txt`, slots)
      const [first = '', ...rest] = text.split('\n')
      const subject = /^主题：(.+)$/u.exec(first)?.[1]
      if (subject === undefined)
        throw new PermanentFault('template-wrong', `函件模板 letters/${kind}/letter.txt 的第一行应为“主题：…”，请改正`)
      return { subject, body: `${rest.join('\n').trim()}\n\n${await fill('letters/signature.txt', signature)}\n` }
    },
    async layout() {
      const template = await read('letters/layout.html')
      return (title, paragraphs) => fillTemplate(template, { title: escapeHtml(title), content: paragraphs })
    },
    sample: async (kind) => JSON.parse(await read(`letters/${kind}/sample.json`)) as Slots,
    instructions: async (method, slots) =>
      (await fill(`pickup-notice/${method}.txt`, slots)).split('\n').filter((line) => line.trim() !== ''),
    waybillNote: (slots) => fill('waybill/note.txt', slots),
  }
}
