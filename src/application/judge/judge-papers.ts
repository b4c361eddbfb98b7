/** Which papers are missing, not needed, or there twice (guide, 证件材料 of each chapter). */
import type { FieldValue, Finding, ReadDocument } from '../../flow.ts'
import { normalizeIdNumber, readIdNumber } from '../../guide/identifiers/id-number.ts'
import { office } from '../../guide/office.ts'
import { documentTitles, serviceCodes, serviceTitles, type DocumentKind, type ServiceCode } from '../../guide/papers.ts'
import { partyTitles, services, type PaperNeed } from '../../guide/services.ts'
import { found, ofKind, titleOf, titleOfCopy, type Case } from './case.ts'
import { comparable, differ, fieldText, isPlain, isStrong, isSure, near, sameContent, textOf } from './evidence.ts'
import { cardsOf, isHolder, ownCode } from './known-cards.ts'
import { namedCards } from './named-cards.ts'
import type { KnownCard } from './papers.ts'
import { isLabelled, isNamed, type IdentityCopy, type Match } from './people.ts'

const copyWords = ['零', '一', '两', '三', '四']

/** Every paper that the chapter lists; an unread sheet may be the missing one, then only the clerk can tell. */
export function missingPapers(opened: Case): Finding[] {
  return opened.rule.papers
    .filter(({ kind }) => kind !== 'identity-document')
    .flatMap(({ kind, copies }) => {
      const there = ofKind(opened, kind).length
      if (there >= copies) return []
      const title = documentTitles[kind]
      // The sheet that tells the service is asked for whatever the service is.
      const tells = kind === (opened.rule.onRegistrationForm ? 'registration-form' : 'authorization-letter')
      const severity = tells ? (opened.somethingUnread ? 'look' : 'correct') : isDoubtful(opened) ? 'look' : 'correct'
      const ask =
        there === 0
          ? `缺少《${title}》，请补交`
          : `《${title}》须一式${copyWords[copies] ?? copies}份，只收到${copyWords[there] ?? there}份，请补交`
      const seal = opened.rule.sealEveryPaper ? '并加盖单位公章' : ''
      const unread = severity === 'look' ? `（${unreadReason(opened)}）` : ''
      return [found('document-missing', severity, `${ask}${seal}${unread}。`, { kind })]
    })
}

/** Where the service is a guess so is what it asks for; an unread sheet may be what is looked for. */
const isDoubtful = ({ told, somethingUnread }: Case): boolean => told !== 'ticked' || somethingUnread

function unreadReason(opened: Case): string {
  if (!opened.somethingUnread) return '业务类别尚待核对'
  if (opened.context.unreadFiles > 0) return '有文件未能读取，可能就是它，请先查看'
  return opened.documents.some(({ kind }) => kind === 'unknown')
    ? '有材料未能识别，可能就是它，请先查看'
    : '有一页上似有几份材料未能分开识别，可能就在其中，请先查看'
}

/** 法人、操作员、持卡人、经办人身份证件复印件, as the chapter asks. */
export function missingIdentities(opened: Case): Finding[] {
  const { people } = opened
  const lost = people.matches.filter(({ by }) => by === 'none')
  const seen = new Set<string>()
  // Beside other services a spare copy is of somebody that another one needs.
  const spare = opened.sheetServices.length > 1 ? [] : [...people.spare]
  return lost.flatMap((match) => {
    const { person } = match
    const name = textOf(person.name)
    const whose = `${partyTitles[person.party]}${name ? `（${name}）` : ''}`
    // One person in two roles is asked for once.
    const key = name ?? whose
    if (seen.has(key)) return []
    seen.add(key)
    if (!isNamed(person)) return unnamedIdentity(opened, match)
    const wrong = spare.shift()
    if (wrong) return otherPersonsCopy(opened, match, wrong)
    const severity = isDoubtful(opened) || !hasClearName(match) || isNearCopy(opened, match) || hasDoubtfulCopy(opened) ? 'look' : 'correct'
    return [
      found('document-missing', severity, `缺少${whose}的身份证件复印件，请补交正反面复印件并加盖单位公章。`, {
        kind: 'identity-document',
      }),
    ]
  })
}

/** A copy that is not there is missing whoever is meant, unless the name itself may be misread beside existing copies. */
function hasClearName({ person }: Match): boolean {
  return isStrong(person.name) || isStrong(person.idNumber)
}

/** The name may be that of a copy that serves another role too, with a glyph misread or lost. */
function isNearCopy({ people }: Case, { person: { name, idNumber } }: Match): boolean {
  const text = textOf(name)
  if (text === null || textOf(idNumber) !== null || isSure(name)) return false
  return people.copies.some(({ front }) => near(text, fieldText(front, 'name') ?? ''))
}

/** A copy that is nobody's by name or number, and whose name was hardly read, may be the one that is looked for. */
function hasDoubtfulCopy({ people }: Case): boolean {
  return people.copies.some(({ front }) => {
    const name = front?.fields['name']
    const isSomebodys = people.matches.some(({ copy, by }) => copy?.front === front && by === 'exact')
    return !isSomebodys && (!isPlain(name) || (name?.evidence?.includes('unusual') === true && !name.certain))
  })
}

/** Nobody's name is written for this role; who acts in two roles needs one copy, and only the clerk can tell. */
function unnamedIdentity(opened: Case, { person }: Match): Finding[] {
  const whose = partyTitles[person.party]
  if (opened.people.copies.length === 0)
    return [
      found('document-missing', isDoubtful(opened) ? 'look' : 'correct', `缺少${whose}身份证件复印件，请补交正反面复印件并加盖单位公章。`, {
        kind: 'identity-document',
      }),
    ]
  if (person.party === 'holder') return unnamedHolder(opened)
  // The request lists the legal person's card, of whom the ledger may know whose it is.
  if (opened.service === 'deregister' && person.party === 'legal' && isLegalPersonHere(opened)) return []
  // One copy of several persons' is labelled as two persons' in one, or as nobody's.
  const labelled = opened.people.copies.find((copy) => isLabelled(copy, person.party))
  if (labelled) {
    const message = `未见单独的${whose}身份证件复印件，${titleOfCopy(labelled)}的复印件写明是${whose}，视为同一人。`
    return [found('document-missing', 'note', message, { kind: 'identity-document' })]
  }
  const message = `未见单独的${whose}身份证件复印件，请核对${whose}是否就是材料中的其他人，不是则须补交。`
  return [found('document-missing', 'look', message, { kind: 'identity-document' })]
}

/**
 * Who handles the papers mostly holds the card too (证书更新, 解锁, 补卡), and no paper can tell; the ledger does, and the card. An
 * office that takes one copy for both asks once the card is counted in, which acceptance waits for, and nobody knows it.
 */
function unnamedHolder(opened: Case): Finding[] {
  if (isHolderHere(opened)) return []
  const { context, people, rule } = opened
  const tell = (severity: Finding['severity'], message: string) =>
    found('document-missing', severity, `未见单独的持卡人身份证件复印件，${message}。`, { kind: 'identity-document' })
  const handler = people.matches.find(({ person, by }) => person.party === 'handler' && by === 'exact')
  // The legal person's card is no handler's by habit.
  const isTaken = office.oneCopyServes && opened.service !== 'replace-legal'
  const isTold = handler?.copy !== undefined && isLabelled(handler.copy, 'holder')
  if (!handler || !(isTaken || isTold)) return [tell('look', '请核对持卡人是否就是材料中的其他人，不是则须补交')]
  const name = textOf(handler.person.name) ?? '经办人'
  const isCounted = context.enclosed && rule.cardsEnclosed.includes('named-card')
  if (!isCounted)
    return [tell('note', `${isTaken ? '' : '但所附复印件写明是持卡人，'}视为经办人（${name}）即持卡人，清点随附的卡或制卡时核对`)]
  // Whoever the ledger has it for is compared with the copies by a rule of its own.
  const isKnown = namedCards(opened.documents).some(({ number }) =>
    cardsOf(opened).some((card) => card.number === number && card.holderName !== null),
  )
  return isKnown ? [] : [tell('look', `台账也没有这张卡的持卡人，请读卡核对是否就是${name}，不是则须补交`)]
}

/** The copy that came is of whom the ledger has the card for: the one named on the sheet, or one that may be replaced. */
function isHolderHere(opened: Case): boolean {
  const isHere = (card: KnownCard) => opened.people.copies.some(({ front }) => front !== undefined && isHolder(front, card))
  const named = namedCards(opened.documents).flatMap(({ number }) => cardsOf(opened).filter((card) => card.number === number))
  if (opened.service !== 'replace-legal' && opened.service !== 'replace-operator') return named.length > 0 && named.every(isHere)
  const kind = opened.service === 'replace-legal' ? 'legal' : 'operator'
  const code = ownCode(opened)
  return cardsOf(opened).some((card) => code !== null && card.uscc === code && card.kind === kind && card.status !== 'void' && isHere(card))
}

const isLegalPersonHere = (opened: Case): boolean =>
  namedCards(opened.documents).some(({ number }) => {
    const card = cardsOf(opened).find((one) => one.number === number && one.kind === 'legal')
    return card !== undefined && opened.people.copies.some(({ front }) => front !== undefined && isHolder(front, card))
  })

/** Which of the two is wrong nobody knows: the copy is asked for, and the form's name is noted beside it. */
function otherPersonsCopy(opened: Case, { person }: Match, copy: IdentityCopy): Finding[] {
  const document = copy.front ?? copy.sheets[0]
  const name = textOf(person.name)
  const [copyName, copyNumber] = [document?.fields['name'], document?.fields['idNumber']]
  // Two numbers that are surely two persons' tell it, whatever glyph of a name that is not alike was misread.
  const isAlike = name === null || near(name, textOf(copyName) ?? '')
  const byNumber = isSure(person.idNumber) && isSure(copyNumber) && isOther(person.idNumber, copyNumber) && !isAlike
  const clear = byNumber || (isOther(person.name, copyName) && (textOf(person.idNumber) === null || isOther(person.idNumber, copyNumber)))
  const whom = `${partyTitles[person.party]}${name ? `“${name}”` : ''}`
  // In a letter nobody is called by a glyph misread.
  const called = name !== null && isPlain(person.name) ? name : partyTitles[person.party]
  const other = byNumber && called !== name ? `${called}的证件号码不符` : `${whom}不是同一人`
  const message = `${titleOfCopy(copy)}与${other}，请补交${called}的身份证件复印件。`
  const form = person.document
  const field = Object.entries(form?.fields ?? {}).find(([, value]) => value === person.name)?.[0]
  const named = form && field !== undefined ? { document: form, field } : undefined
  const told = found('person-mismatch', clear && !opened.somethingUnread && !hasDoubtfulCopy(opened) ? 'correct' : 'look', message, {
    ...(document ? { document } : {}),
    field: 'name',
    ...(named ? { against: named } : {}),
  })
  if (!named) return [told]
  const note = `${titleOf(named.document)}的${whom}与所附${titleOfCopy(copy)}不是同一人。`
  return [told, found('person-mismatch', 'note', note, { ...named, ...(document ? { against: { document, field: 'name' } } : {}) })]
}

const isOther = (left: FieldValue | undefined, right: FieldValue | undefined) => differ(left, right) === 'clear'

/** Both sides of an identity card (guide, appendix 6: 身份证正反面); passports and permits of travel have one. */
export function missingSides(opened: Case): Finding[] {
  return opened.people.copies.flatMap((copy) => {
    const sheet = copy.front ?? copy.sheets[0]
    if (!sheet) return []
    if (!copy.front) return [found('document-missing', 'look', '收到一份身份证件只有国徽面，请查看是否缺人像面。', { document: sheet })]
    if (copy.back || !hasTwoSides(sheet)) return []
    // The front was read to its check digit, so the copy is legible: nothing of the back on it means that it is not there.
    const legible = sheet.fields['idNumber']?.certain === true && !opened.somethingUnread
    return [
      found('document-missing', legible ? 'correct' : 'look', `${titleOf(sheet)}缺少国徽面（签发机关、有效期限），请补交正反面复印件。`, {
        document: sheet,
      }),
    ]
  })
}

function hasTwoSides(sheet: ReadDocument): boolean {
  const number = fieldText(sheet, 'idNumber')
  const type = fieldText(sheet, 'idType')
  if (type !== null && /护照|通行证/u.test(type)) return false
  if (number === null) return true
  const read = readIdNumber(normalizeIdNumber(number))
  return 'fault' in read || read.kind === 'resident' || read.kind === 'residence-permit'
}

/** How many of a kind may be there: as many as the chapter asks, one card form and one payment page for each operator or service. */
function allowed(opened: Case, need: PaperNeed | undefined, kind: DocumentKind): number {
  if (kind === 'card-form' || kind === 'payment-proof') return need || opened.sheetServices.length > 1 ? Number.POSITIVE_INFINITY : 1
  return need?.copies ?? 1
}

/** The same paper more often than asked for: alike it is the clerk's to set aside, different the applicant must say which counts. */
export function duplicatePapers(opened: Case): Finding[] {
  const kinds = [...new Set(opened.documents.map(({ kind }) => kind))].filter((kind) => kind !== 'identity-document' && kind !== 'unknown')
  return kinds.flatMap((kind) => {
    const documents = ofKind(opened, kind)
    const limit = allowed(
      opened,
      opened.rule.papers.find((need) => need.kind === kind),
      kind,
    )
    return documents.flatMap((document, index) => {
      const same = documents.slice(0, index).find((other) => sameContent(document, other) !== 'clear')
      if (limit === Number.POSITIVE_INFINITY) return same && sameContent(document, same) === 'none' ? [duplicate(document)] : []
      if (index < limit) return []
      return same ? [duplicate(document)] : [conflicting(document)]
    })
  })
}

const duplicate = (document: ReadDocument) =>
  found('duplicate-document', 'look', `${titleOf(document)}重复提交，内容相同，请确认后只留一份。`, { document })
const conflicting = (document: ReadDocument) =>
  found('duplicate-document', 'correct', `${titleOf(document)}收到不止一份且内容不一致，请确认以哪一份为准。`, { document })

/** Two copies of one identity card. */
export function duplicateIdentities({ people }: Case): Finding[] {
  return people.copies.flatMap((copy, index) => {
    const number = fieldText(copy.front, 'idNumber')
    const name = fieldText(copy.front, 'name')
    const twice = people.copies.slice(0, index).some((other) => {
      const otherNumber = fieldText(other.front, 'idNumber')
      const otherName = fieldText(other.front, 'name')
      if (number !== null && otherNumber !== null) return normalizeIdNumber(number) === normalizeIdNumber(otherNumber)
      return name !== null && otherName !== null && number === otherNumber && comparable(name) === comparable(otherName)
    })
    const sheet = copy.front
    if (!twice || !sheet) return []
    return [found('duplicate-document', 'look', `${titleOf(sheet)}的复印件重复提交，请确认后只留一份。`, { document: sheet })]
  })
}

function unknownPaper({ pages }: ReadDocument): string {
  const [page] = pages
  const name = page?.file
    .split('/')
    .at(-1)
    ?.replace(/\.\w+$/u, '')
  return `${name ? `“${name}”${page!.page > 1 ? `第${page!.page}页` : ''}` : '有一页材料'}未能识别，请查看是什么材料。`
}

/** The one service that asks for a form by which nothing else is applied for: nobody fills it in for another. */
function asksFor(kind: DocumentKind): ServiceCode | undefined {
  if (kind !== 'change-request' && kind !== 'cancellation-request') return undefined
  return serviceCodes.find((code) => services[code].papers.some((need) => need.kind === kind))
}

/** What this service does not ask for is kept and noted; a form that applies for another service is looked at; what nobody could identify needs an eye. */
export function unneededPapers(opened: Case): Finding[] {
  const needed = new Set(opened.rule.papers.map(({ kind }) => kind))
  const service = serviceTitles[opened.service]
  const papers = opened.documents.flatMap((document) => {
    if (document.kind === 'unknown') return [found('document-unneeded', 'look', unknownPaper(document), { document })]
    if (needed.has(document.kind)) return []
    const other = asksFor(document.kind)
    if (other !== undefined && !opened.sheetServices.includes(other)) {
      const message = `《${documentTitles[document.kind]}》是办理${serviceTitles[other]}用的，来件没有勾选该业务，请核对是否漏勾或错勾。`
      return [found('document-unneeded', 'look', message, { document })]
    }
    return [found('document-unneeded', 'note', `办理${service}不需要《${documentTitles[document.kind]}》，已随件保存。`, { document })]
  })
  if (opened.sheetServices.length > 1 || !needed.has('identity-document')) return papers
  const lost = opened.people.matches.filter(({ by, person }) => by === 'none' && isNamed(person)).length
  const spare = opened.people.spare.slice(lost).flatMap((copy) => {
    const document = copy.front
    const isSecondCopy =
      document &&
      duplicateIdentities(opened).some(({ page }) => page?.file === document.pages[0]?.file && page?.page === document.pages[0]?.page)
    return document && !isSecondCopy
      ? [found('document-unneeded', 'note', `${titleOf(document)}不是本业务所需人员的证件，已随件保存。`, { document })]
      : []
  })
  return [...papers, ...spare]
}
