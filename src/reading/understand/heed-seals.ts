/** An enterprise's name that its own seal spells too: two prints of other shapes are misread in other ways. */
import type { PaperInHand } from './read-fields.ts'

/** The fields that hold the name of the enterprise whose seal stands on the paper. */
const names = ['enterpriseName', 'invoiceTitle']

/** Marks names that a seal of the page spells as `spelled-by-seal`; `needsLook` tells those that such evidence makes certain. */
export async function heedSeals(paper: PaperInHand, needsLook: (field: string) => boolean): Promise<void> {
  for (const field of names) {
    const value = paper.values.get(field)
    if (typeof value?.value !== 'string' || value.source !== 'ocr' || !needsLook(field)) continue
    const said = (await paper.tools.sealsSay?.(value.value)) ?? []
    if (said.some((text) => plain(text) === plain(value.value as string)))
      paper.values.set(field, { ...value, evidence: [...value.evidence, 'spelled-by-seal'] })
  }
}

const plain = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '')
