/** 请逐份加盖单位公章: the company seal of this enterprise on every paper (guide, 证件材料 of each chapter; 八1). */
import type { Finding, ReadDocument, Seal } from '../../flow.ts'
import { compareSealText } from '../../guide/seal-text.ts'
import { found, titleOf, type Case } from './case.ts'
import { isSure, textOf } from './evidence.ts'

export function judgeSeals(opened: Case): Finding[] {
  if (!opened.rule.sealEveryPaper) return []
  const needed = new Set(opened.rule.papers.map(({ kind }) => kind))
  const papers = opened.documents.filter(({ kind }) => needed.has(kind))
  const seals = papers.flatMap(companySeals)
  const name = textOf(opened.enterpriseName)
  const view: SealView = {
    expected: name,
    nameIsSure: isSure(opened.enterpriseName) || (opened.enterpriseName?.confidence ?? 0) >= 0.97,
    allGray: seals.length > 0 && seals.every(({ color }) => color === 'gray'),
    readElsewhere: name !== null && seals.some(({ text }) => compareSealText(text, name).verdict === 'match'),
  }
  return papers.flatMap((document) => judgeSeal(document, view))
}

interface SealView {
  /** The enterprise name that the papers agree on. */
  readonly expected: string | null
  readonly nameIsSure: boolean
  /** Every seal of the application is colourless: copies, or a grey scan, where a seal is easily overlooked. */
  readonly allGray: boolean
  /** On some paper the ring was read and is the enterprise's. */
  readonly readElsewhere: boolean
}

const companySeals = ({ seals }: ReadDocument) => seals.filter(({ role }) => role === undefined || role === 'company')

/** Names have ten glyphs and more: above this score one of them differs at most. */
const oneGlyph = 0.85

function judgeSeal(document: ReadDocument, view: SealView): Finding[] {
  const seals = companySeals(document)
  if (seals.length === 0) return [missingSeal(document, view)]
  const { expected } = view
  if (expected === null) return []
  const compared = seals
    .map((seal) => ({ seal, ...compareSealText(seal.text, expected) }))
    .toSorted((left, right) => right.score - left.score)
  const [best] = compared
  if (!best) return []
  // A second impression of somebody else beside the right one changes nothing.
  if (best.verdict === 'match') return gray(document, best.seal)
  if (best.verdict === 'near') {
    // The same seal, read whole on another paper: one glyph misread here, or a seal of an enterprise with a name much alike.
    if (view.readElsewhere && best.score >= oneGlyph) return gray(document, best.seal)
    if (view.readElsewhere) {
      const message = `${titleOf(document)}上的公章印文读作“${best.seal.text ?? ''}”，与其他材料上的公章不同，请对照原件核对。`
      return [sealFinding('seal-mismatch', 'look', message, document, best.seal)]
    }
    return [uncertain(document, `印文读作“${best.seal.text ?? ''}”，与企业名称略有出入`, best.seal)]
  }
  if (best.verdict === 'other') {
    const clear = view.nameIsSure && best.seal.confidence >= 0.6
    const message = `${titleOf(document)}上的公章印文为“${best.seal.text ?? ''}”，不是“${expected}”的公章，请${clear ? '重新加盖本单位公章后补交' : '对照原件核对'}。`
    return [sealFinding('seal-mismatch', clear ? 'correct' : 'look', message, document, best.seal)]
  }
  return [uncertain(document, '印文看不清楚', best.seal)]
}

/** A black-and-white copy shows a seal but not that it is one: the original decides. */
function gray(document: ReadDocument, seal: Seal): Finding[] {
  return seal.color === 'gray' ? [uncertain(document, '是黑白的，看不出是否原章', seal)] : []
}

const uncertain = (document: ReadDocument, why: string, seal: Seal) =>
  sealFinding('seal-uncertain', 'look', `${titleOf(document)}上的公章${why}，请对照原件核对。`, document, seal)

/** A tall picture of a telephone is the screenshot itself, on which nothing can be stamped. */
const tallPicture = 1.6

function missingSeal(document: ReadDocument, view: SealView): Finding {
  const title = titleOf(document)
  const special = document.seals.find(({ role }) => role === 'special')
  if (special) return sealFinding('seal-mismatch', 'correct', `${title}上盖的是专用章，须加盖单位公章后补交。`, document, special)
  const image = document.pages[0]?.image
  if (document.kind === 'payment-proof' && image && image.height / image.width > tallPicture)
    return found('seal-missing', 'look', `${title}是手机截图原图，未加盖单位公章，请核对是否须打印盖章后补交。`, { document })
  if (view.allGray) return found('seal-missing', 'look', `${title}上未见单位公章，因材料为黑白件，请对照原件核对。`, { document })
  return found('seal-missing', 'correct', `${title}没有加盖单位公章，请加盖后补交。`, { document })
}

function sealFinding(code: string, severity: 'correct' | 'look', message: string, document: ReadDocument, seal: Seal): Finding {
  const page = document.pages[seal.page]
  const finding = found(code, severity, message, { document })
  return page ? { ...finding, page: { file: page.file, page: page.page } } : finding
}
