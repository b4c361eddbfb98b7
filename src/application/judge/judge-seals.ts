/** 请逐份加盖单位公章: the company seal of this enterprise on every paper (guide, 证件材料 of each chapter; 八1). */
import type { Finding, ReadDocument, Seal, Severity } from '../../flow.ts'
import { compareSealText, isStretchOfName, repeatsGlyphOfName } from '../../guide/seal-text.ts'
import { found, ofKind, titleOf, type Case } from './case.ts'
import { compareArcs, compareImpressions } from './compare-impressions.ts'
import { originalsCome } from '../pre-check.ts'
import { comparable, distance, isSure, legibilityOf, textOf } from './evidence.ts'

/** 厦门某社; what is shorter is what reading left of a name, however plainly: 司. */
const shortestName = 4

export function judgeSeals(opened: Case): Finding[] {
  if (!opened.rule.sealEveryPaper) return []
  const needed = new Set(opened.rule.papers.map(({ kind }) => kind))
  const papers = opened.documents.filter(({ kind }) => needed.has(kind))
  const seals = papers.flatMap(companySeals)
  const name = textOf(opened.enterpriseName)
  const compared = name === null ? [] : seals.map((seal) => ({ seal, text: seal.text, ...compareSealText(seal.text, name) }))
  const view: SealView = {
    expected: name,
    nameIsSure:
      (isSure(opened.enterpriseName) || legibilityOf(opened.enterpriseName) >= 0.97) &&
      (name === null || comparable(name).length >= shortestName),
    isColourless: papers.every(({ pages }) => pages.every(({ gray, black }) => gray ?? black ?? false)),
    allGray: seals.length > 0 && seals.every(({ color }) => color === 'gray'),
    readElsewhere: compared.some(({ verdict }) => verdict === 'match'),
    originalsShow:
      originalsCome(opened.service) && compared.some(({ verdict, seal }) => verdict === 'match' && seal.confidence > deniesNothing),
    plain: compared.flatMap(({ seal, verdict }) => (verdict === 'match' && !seal.unreadFace ? (seal.impression ?? []) : [])),
    legible: compared.flatMap(({ seal, verdict }) => (verdict === 'match' && seal.impression !== undefined ? [seal.impression] : [])),
    changes: ofKind(opened, 'change-request').map(({ fields }) => comparable(textOf(fields['changes']) ?? '')),
    readAlike: new Set(compared.flatMap(({ text }, index) => (compared.findIndex((other) => other.text === text) < index ? [text] : []))),
  }
  return papers.flatMap((document) => judgeSeal(document, { ...view, title: titleOnSheets(opened, document) }))
}

/** Sheets with one side each of one person's card that both lack the seal are one copy to the applicant, told alike. */
function titleOnSheets({ people }: Case, document: ReadDocument): string {
  const copy = people.copies.find(({ sheets }) => sheets.includes(document))
  if (!copy?.front || copy.sheets.length < 2) return titleOf(document)
  const isBare = copy.sheets.every((sheet) => companySeals(sheet).length === 0)
  return isBare ? titleOf(copy.front) : `${titleOf(copy.front)}的${document === copy.front ? '人像面' : '国徽面'}`
}

/** Guide 二: whose name has just changed may not have its new seal yet; the request says what it was called. */
const isOfFormerName = ({ text }: Seal, { changes }: SealView): boolean =>
  comparable(text ?? '').length >= 4 && changes.some((change) => change.includes(comparable(text ?? '')))

interface SealedPaper extends SealView {
  /** What the applicant knows it by. */
  readonly title: string
}

interface SealView {
  /** The enterprise name that the papers agree on. */
  readonly expected: string | null
  readonly nameIsSure: boolean
  /** Every seal of the application is colourless: copies, or a grey scan, where a seal is easily overlooked. */
  readonly allGray: boolean
  /** Every paper of the set came without colour: its seals are black whatever their ink. */
  readonly isColourless: boolean
  /** On some paper the ring was read and is the enterprise's. */
  readonly readElsewhere: boolean
  /** The originals are in the office or come, and one of the rings was read letter by letter: what hides its letters may be like it. */
  readonly originalsShow: boolean
  /** Impressions of those rings on whose face no words stand. */
  readonly plain: readonly string[]
  /** Impressions of all those rings. */
  readonly legible: readonly string[]
  /** What the change request says, as compared. */
  readonly changes: readonly string[]
  /** What was read alike of two rings or more: hardly misread. */
  readonly readAlike: ReadonlySet<string | null>
}

export const companySeals = ({ seals }: ReadDocument) => seals.filter(({ role }) => role === undefined || role === 'company')

/**
 * 368 drawn seals on colour copies, read by the real reader (score against the name, confidence of the ring): of 362 of the
 * enterprise, 281 were read whole; the rest scores 0.59 and more, and below 0.85 never with a confidence above 0.7. Six of
 * another enterprise score 0.19 to 0.53, with confidences from 0.49 to 1. A worn ring of the enterprise itself on a photograph later
 * scored 0.545 with a confidence of 0.54: what is read so faintly is looked at.
 */
const readPlainly = 0.85
const surelyRead = 0.9
const farFromName = 0.55
const hardlyRead = 0.6

/**
 * What reading gives at most to a name of which letters are hidden, and which none of the others denies: of seals on faxes that differ in one
 * letter one in ten is told as the other's by that.
 */
const deniesNothing = 0.6

/** Names have ten glyphs and more: above this score one of them differs at most. */
const oneGlyph = 0.85

function judgeSeal(document: ReadDocument, view: SealedPaper): Finding[] {
  const seals = companySeals(document)
  if (seals.length === 0) return missingSeal(document, view)
  const { expected } = view
  if (expected === null) return []
  const compared = seals
    .map((seal) => ({ seal, ...compareSealText(seal.text, expected) }))
    .toSorted((left, right) => right.score - left.score || Number(left.seal.unreadFace ?? false) - Number(right.seal.unreadFace ?? false))
  const [best] = compared
  if (!best) return []
  const { seal, score, verdict } = best
  // A second impression of somebody else beside the right one changes nothing.
  if (verdict === 'match')
    return seal.unreadFace && !hasPlainFace(seal, view) ? wordsOnFace(document, seal, view) : blackAsRead(document, seal, view)
  // Sister companies have their seals cut alike, by one hand: that the strokes are alike says nothing against a letter that was read otherwise.
  if (verdict === 'near' && isOneOtherLetter(seal, expected)) return nearlyRead(document, seal)
  const likeness = likenessToLegible(seal, view)
  const isHardlyRead = seal.confidence < faintlyRead && score >= farFromName
  // By its arc and its whole face: without colour it is as good as read.
  if (seal.confidence < readPlainly && likeness >= (isHardlyRead ? sameSeal.hardlyRead : sameSeal.read))
    return document.pages[seal.page]?.gray && hasPlainFace(seal, view) ? blackAsRead(document, seal, view) : asOwn(document, seal, view)
  // A form's own box laid over it, the edge of the glass: what is left says the name as far as it goes, in letters cut as the legible one's.
  if (seal.confidence >= readPlainly && isStretchOfName(seal.text, expected) && likeness >= maybeSameSeal)
    return asOwn(document, seal, view)
  if (verdict === 'near') {
    if (repeatsGlyphOfName(seal.text, expected) && view.readElsewhere && !seal.unreadFace) return blackAsRead(document, seal, view)
    // Of coloured impressions that spell another letter the reader mended those whose strokes are the legible ones': this one's are not.
    const isCompared = seal.color === 'red' && seal.impression !== undefined && view.legible.length > 0
    if (isCompared && seal.confidence >= surelyRead && likeness < maybeSameSeal) return nearlyRead(document, seal)
    // Misread here, whole on another paper; or misread on each paper in another place.
    if (view.readElsewhere || (score >= oneGlyph && !view.readAlike.has(seal.text))) return asOwn(document, seal, view)
    return nearlyRead(document, seal)
  }
  if (verdict === 'other') {
    if (isOfFormerName(seal, view)) {
      const message = `${titleOf(document)}上的公章印文“${seal.text ?? ''}”是变更前的名称，请核对企业是否已换用“${expected}”的公章。`
      return [sealFinding('seal-mismatch', 'look', message, document, seal)]
    }
    const clear = view.nameIsSure && !isGarbled(seal) && likeness < maybeSameSeal && isPlainlyOther(seal, score, view)
    const message = clear
      ? `${titleOf(document)}上的公章印文为“${seal.text ?? ''}”，不是“${expected}”的公章，请重新加盖本单位公章后补交。`
      : `${titleOf(document)}上的公章印文读作“${seal.text ?? ''}”，与“${expected}”不同，请对照原件核对。`
    return [sealFinding('seal-mismatch', clear ? 'correct' : 'look', message, document, seal)]
  }
  return [uncertain(document, '印文看不清楚', seal)]
}

/**
 * In colour, with one letter in the place of another. Reading has mended what the other impressions say otherwise: of the seals of 506 drawn
 * submissions two were left so that were the enterprise's own, and both that were a sister company's.
 */
const isOneOtherLetter = ({ color, confidence, text }: Seal, expected: string): boolean =>
  color === 'red' &&
  confidence >= faintlyRead &&
  comparable(text ?? '').length === comparable(expected).length &&
  distance(comparable(text ?? ''), comparable(expected)) === 1

/**
 * Without colour a letter is read as the same wrong one on every copy (闽 as 询 on two of five faxed impressions of a seal): only
 * a name that has little of the expected one, read surely, is another's.
 */
function isPlainlyOther({ color, confidence, text }: Seal, score: number, view: SealView): boolean {
  const isFar = score < farFromName
  if (color === 'gray') return isFar && confidence >= readPlainly
  return (isFar && confidence >= hardlyRead) || confidence >= readPlainly || view.readAlike.has(text)
}

/**
 * By its arc the impression is of the seal that another paper shows legibly: what was read of it says nothing else. What comes near that is
 * accused of nothing: print across the arc was read for its letters.
 */
const sameSeal = { read: 0.88, hardlyRead: 0.8 }
/** Of 21 rings of other enterprises beside a legible one of the expected, arcs were alike by 0.64 at most, and two were read less surely than this. */
const faintlyRead = 0.7
const maybeSameSeal = 0.7

const likenessToLegible = ({ impression }: Seal, { legible }: SealView): number =>
  impression === undefined
    ? -1
    : Math.max(-1, ...legible.filter((one) => one !== impression).map((one) => compareArcs(impression, one) ?? -1))

/** Below this two arcs that name one enterprise are cut otherwise: of eight seals with such words, two for one purpose and one of the company's own. */
const otherCut = 0.36

/** What stands there could not be read: another seal of the enterprise (专用章), or nobody can tell. */
function wordsOnFace(document: ReadDocument, seal: Seal, view: SealView): Finding[] {
  if (seal.color === 'gray') return [uncertain(document, '是黑白的，看不清是否专用章', seal)]
  const { impression } = seal
  const alike = view.plain.flatMap((one) => (impression === undefined ? [] : (compareArcs(impression, one) ?? [])))
  if (alike.length === 0 || Math.max(...alike) >= otherCut) return [uncertain(document, '印面下部似有文字，看不清是否专用章', seal)]
  const message = `${titleOf(document)}上的公章与其他材料上的不是同一枚，印面似有文字，可能是专用章，请对照原件核对。`
  return [sealFinding('seal-mismatch', 'look', message, document, seal)]
}

/** Of some 120 seals for one purpose, whole faces were alike with the company's seal beside them by 0.91 at most. */
const sameFace = 0.94

const hasPlainFace = ({ impression }: Seal, { plain }: SealView): boolean =>
  impression !== undefined && plain.some((one) => (compareImpressions(impression, one)?.likeness ?? 0) >= sameFace)

/** Figures and letters amid the ring's glyphs are glyphs misread; a number may stand behind them. */
const isGarbled = ({ text }: Seal) => /[\dA-Z]/iu.test((text ?? '').replace(/\d+$/u, ''))

/**
 * By its arc, or but for a glyph, the enterprise's: its words below are looked at as those of a ring that was read whole. Seals for one purpose
 * are cut as the company’s own is, or otherwise: of some 130 the arcs of seven were alike by 0.82 to 0.94.
 */
const asOwn = (document: ReadDocument, seal: Seal, view: SealView): Finding[] =>
  seal.unreadFace && !hasPlainFace(seal, view) ? wordsOnFace(document, seal, view) : black(document, seal)

/** A black seal is no stamp, or was copied without colour. */
const black = (document: ReadDocument, seal: Seal): Finding[] =>
  seal.color === 'gray' ? [uncertain(document, '是黑白的，看不出是否原章', seal)] : []

/**
 * Where the whole set has no colour nobody who looks at it can tell either: what was read as the enterprise's is noted for whoever
 * has the originals in hand. So are letters that a fax hides, where none is denied and originals will show them: no look at the fax does.
 */
function blackAsRead(document: ReadDocument, seal: Seal, { isColourless, originalsShow }: SealView): Finding[] {
  const isTold = !document.pages[seal.page]?.black || seal.confidence > deniesNothing
  if (seal.color !== 'gray' || !isColourless || !(isTold || originalsShow)) return black(document, seal)
  const why = isTold ? '看不出是否原章' : '有几个字看不清，也看不出是否原章'
  const message = `${titleOf(document)}整页黑白，公章${why}，收到原件时请核对。`
  return [sealFinding('seal-uncertain', 'note', message, document, seal)]
}

const nearlyRead = (document: ReadDocument, seal: Seal): Finding[] => [
  uncertain(document, `印文读作“${seal.text ?? ''}”，与企业名称略有出入`, seal),
]

const uncertain = (document: ReadDocument, why: string, seal: Seal) =>
  sealFinding('seal-uncertain', 'look', `${titleOf(document)}上的公章${why}，请对照原件核对。`, document, seal)

/** A4 is 1.41 times as long as wide; of a photograph on which a shadow was taken for the paper's edge a part is left. */
const wholeSheet = 1.34

/** A tall picture of a telephone is the screenshot itself, on which nothing can be stamped. */
const tallPicture = 1.6

function missingSeal(document: ReadDocument, { title, allGray }: SealedPaper): Finding[] {
  const special = document.seals.find(({ role }) => role === 'special')
  // A seal for one purpose is the enterprise's own, and no company seal: that one is missing.
  if (special)
    return [
      found('seal-missing', 'correct', `${title}没有加盖单位公章，所盖的是专用章，请加盖单位公章后补交。`, { document }),
      sealFinding('seal-mismatch', 'note', `${title}上的这枚印章是专用章，不是单位公章。`, document, special),
    ]
  const unseen = (why: string) => [found('seal-missing', 'look', `${title}${why}`, { document })]
  const image = document.pages[0]?.image
  if (document.kind === 'payment-proof' && image && image.height / image.width > tallPicture)
    return unseen('是手机截图原图，未加盖单位公章，请核对是否须打印盖章后补交。')
  if (image && Math.max(image.width, image.height) / Math.min(image.width, image.height) < wholeSheet)
    return unseen('上未见单位公章，图片可能没有包括整页，请对照原件核对。')
  // One in the shadow of a hand, or pressed on one side only, is one to the person who sealed it.
  if (document.pages.some(({ redMark }) => redMark)) return unseen('上有红色印记，未能辨认为单位公章，请对照原件核对。')
  // In black and white alone a pale seal is lost whole, and nothing tells that it was there.
  if (allGray || document.pages.some(({ black }) => black)) return unseen('上未见单位公章，因材料为黑白件，请对照原件核对。')
  return [found('seal-missing', 'correct', `${title}没有加盖单位公章，请加盖后补交。`, { document })]
}

function sealFinding(code: string, severity: Severity, message: string, document: ReadDocument, seal: Seal): Finding {
  const page = document.pages[seal.page]
  const finding = found(code, severity, message, { document })
  return page ? { ...finding, page: { file: page.file, page: page.page } } : finding
}
