/** A licence or a screen that was copied small onto a sheet, read again at a size of its own where its first reading leaves a doubt. */
import type { DocumentKind } from '../../guide/papers.ts'
import type { PageContent, PageTools, PaperOnPage } from '../page.ts'
import { joinFields } from './join-faces.ts'
import type { PaperInHand } from './read-fields.ts'
import { fieldsOf, fractions, linesOf, lookAgain, readPlainly, weigh } from './read-paper.ts'
import { tellAbsent } from './tell-absent.ts'
import { join, widen } from './text/geometry.ts'

/** What every such paper says. */
const expected: Partial<Record<DocumentKind, readonly string[]>> = {
  'business-licence': ['enterpriseName', 'uscc', 'legalName', 'address', 'enterpriseType', 'establishedDate'],
  'payment-proof': ['orderNumber', 'orderTime', 'invoiceTitle', 'taxpayerId', 'items'],
}

/** Print that covers more of its sheet than this was seen about as large as it can be. */
const small = 0.72
/** Less sure letters are misread often, unless something else on the paper vouches for them: a sum that holds, say. */
const sure = 0.8
const margin = 2

/** The fields of both readings; null where the paper is not small, or nothing about it is doubtful. */
export async function lookAtSmall(paper: PaperInHand, content: PageContent, tools: PageTools): Promise<PaperOnPage['fields'] | null> {
  const fields = expected[paper.form.kind]
  if (!fields || paper.lines.length === 0 || paper.lines[0]!.source !== 'ocr') return null
  const box = join(paper.lines.map((line) => line.box))
  if (Math.max(box.width, box.height) > small * Math.max(content.width, content.height)) return null
  const weighed = weigh(paper)
  const isDoubtful = fields.some((field) => {
    const value = weighed.get(field)
    return !value || value.value === null || !value.wellFormed || (value.least < sure && !value.certain)
  })
  if (!isDoubtful) return null
  const look = await tools.lookCloser(widen(box, margin * paper.lines[0]!.em))
  if (!look) return null
  const closer = readPlainly(paper.form.kind, look.content, look.tools, await linesOf(look.content, look.tools))
  if (!closer) return null
  await lookAgain(closer)
  tellAbsent(closer)
  return joinFields(
    fieldsOf(paper, (inner) => fractions(inner, content)),
    fieldsOf(closer, (inner) => fractions(look.toPage(inner), content)),
  )
}
