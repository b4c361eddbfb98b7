/** One enterprise on all papers: its name and its credit code (guide: 如实填报). */
import type { Finding, ReadDocument } from '../../flow.ts'
import { isValidUscc, normalizeUscc } from '../../guide/identifiers/uscc.ts'
import { documentTitles } from '../../guide/papers.ts'
import { found, labelOf, ofKind, titleOf, type Case } from './case.ts'
import { enterpriseFields } from './enterprise.ts'
import { comparable, differ, distance, isSure, textOf } from './evidence.ts'

export function judgeEnterprise(opened: Case): Finding[] {
  return enterpriseFields.flatMap((place) =>
    ofKind(opened, place.kind).flatMap((document) => [
      ...judgeName(opened, document, place.name),
      ...(place.uscc === null ? [] : judgeCode(opened, document, place.uscc)),
    ]),
  )
}

function judgeName(opened: Case, document: ReadDocument, field: string): Finding[] {
  const agreed = opened.enterpriseName
  const own = document.fields[field]
  const name = textOf(own)
  const expected = textOf(agreed)
  if (name === null || expected === null || own === agreed) return []
  const difference = differ(own, agreed)
  if (difference === 'none' || isFormerName(opened, name)) return []
  const clear = difference === 'clear'
  const where = agreed?.evidence?.includes('seals') ? '公章' : '其他材料'
  const message = clear
    ? `${titleOf(document)}的企业名称为“${name}”，与${where}的“${expected}”不一致，请更正。`
    : `${titleOf(document)}的企业名称读作“${name}”，与${where}的“${expected}”略有出入，请对照原件核对。`
  return [found('name-mismatch', clear ? 'correct' : 'look', message, { document, field })]
}

/** Guide 二: when the name itself changes, the papers carry the old one and the new one, and the request says both. */
function isFormerName(opened: Case, name: string): boolean {
  if (opened.service !== 'change-enterprise') return false
  return ofKind(opened, 'change-request').some((request) => comparable(textOf(request.fields['changes']) ?? '').includes(comparable(name)))
}

function judgeCode(opened: Case, document: ReadDocument, field: string): Finding[] {
  const own = document.fields[field]
  const text = textOf(own)
  if (!own || text === null) return []
  const code = normalizeUscc(text)
  // What is no code at all is told as such.
  if (!isValidUscc(code)) return []
  const agreed = opened.enterpriseUscc
  const expected = textOf(agreed)
  if (!agreed || expected === null || agreed === own) return []
  const other = normalizeUscc(expected)
  if (code === other || !isValidUscc(other)) return []
  // Two codes that both hold their check digits and differ in two places or more are two codes (one misreading in 31 passes).
  const clear = (isSure(own) && isSure(agreed)) || (distance(code, other) >= 2 && !own.evidence?.includes('mended'))
  const label = labelOf(document.kind, field)
  const message = `《${documentTitles[document.kind]}》的${label}与其他材料不一致，请${clear ? '核对后更正' : '对照原件核对'}。`
  return [found('uscc-mismatch', clear ? 'correct' : 'look', message, { document, field })]
}
