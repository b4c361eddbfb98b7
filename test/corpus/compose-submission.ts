/** Puts one submission together: who asks for which service, with which papers, and which faults are planted. */
import type { Decision } from '../../src/flow.ts'
import type { DocumentKind, ServiceCode } from '../../src/guide/papers.ts'
import { serviceCodes } from '../../src/guide/papers.ts'
import { onBlank, withCopyWords } from './draw-furniture.ts'
import { identityCopies } from './draw-identity.ts'
import { designSeal, designSpecialSeal, pressSeal, wearSeal, type SealDesign } from './draw-seal.ts'
import { strayPaper } from './draw-stray-paper.ts'
import { fillPaper, papersOf, type Cast, type ExpectedFinding, type Fault } from './fill-paper.ts'
import { chooseStyle, type FormWay, type LayoutName, type Writing } from './form-style.ts'
import { inventEnterprise, inventPerson, shiftDate, type Enterprise, type Person } from './invent-parties.ts'
import type { Paper } from './paper.ts'
import { seedRandom, type Random } from './random.ts'
import type { Sheet } from './sheet.ts'
import { widenEnterprise, widenPerson } from './widen-parties.ts'

export interface SubmissionOptions {
  readonly service?: ServiceCode
  readonly faults?: readonly Fault[]
  readonly writing?: Writing
  readonly layout?: LayoutName
  /** Whatever chance says. */
  readonly ways?: readonly FormWay[]
  readonly heldBack?: boolean
  /** Other offices' tables, worn hands and what else a year brings; else clean forms. */
  readonly harsh?: boolean
  /** Copies carry words against misuse; unless told, a third of harsh ones do. */
  readonly copyWords?: boolean
  /** The day the papers are handed in, `YYYY-MM-DD`. */
  readonly today?: string
  /** Payment proofs as bare screenshots, without a company seal. */
  readonly bareScreens?: boolean
  /** How the cards are handed out; else by chance. */
  readonly delivery?: 'post' | 'window'
  /** The paper that a missing seal is missing from, as `identity:handler`, or every paper; else by chance. */
  readonly unsealed?: DocumentKind | `identity:${Holder}` | 'every'
  /** The handler is a person of their own, with a copy of their own. */
  readonly ownHandler?: boolean
  /** Cards asked for in one go, with a card form each; only for 增办操作员卡. */
  readonly operators?: 1 | 2
  /** A paper that nobody asked for lies among the others. */
  readonly strayPaper?: boolean
  /** Harshness of worn seals: 1 is what an office sees, 0 crisp. */
  readonly wear?: number
  /** Parties with names and addresses that `invent-parties.ts` has no parts for. */
  readonly rare?: boolean
}

export interface ComposedSubmission {
  readonly seed: number
  readonly service: ServiceCode
  readonly writing: Writing
  readonly layout: LayoutName
  readonly enterprise: Enterprise
  readonly papers: readonly Paper[]
  readonly findings: readonly ExpectedFinding[]
  /** Null where the guide leaves it to the office: a paper too many, a tick too few. */
  readonly decision: Decision | null
}

type Holder = 'legal' | 'operator' | 'holder' | 'handler' | 'second'

/** Who the identity copies are of, by service (the guide's lists of papers). */
const identities: Record<ServiceCode, readonly Holder[]> = {
  'enrol-online': ['legal', 'operator', 'handler'],
  enrol: ['legal', 'operator', 'handler'],
  'change-enterprise': ['legal', 'operator', 'handler'],
  'change-operator': ['operator', 'handler'],
  'add-operator': ['operator', 'handler'],
  'replace-legal': ['holder', 'handler'],
  'replace-operator': ['holder', 'handler'],
  renew: ['holder', 'handler'],
  unlock: ['holder', 'handler'],
  reader: [],
  deregister: ['legal', 'handler'],
}
/** `seed` and `options` decide everything. */
export function composeSubmission(seed: number, options: SubmissionOptions = {}): ComposedSubmission {
  const random = seedRandom(seed)
  const held = options.heldBack ?? false
  const today = options.today ?? '2026-11-20'
  const service = options.service ?? random.fork('service').pick(serviceCodes)
  const writing = options.writing ?? (random.fork('writing').chance(0.45) ? 'hand' : 'typed')
  const harsh = options.harsh ?? false
  const style = chooseStyle(random.fork('style'), writing, { heldBack: held, harsh, layout: options.layout, ways: options.ways ?? [] })
  const people = random.fork('people')
  const personOf = (from: Random): Person => {
    const person = inventPerson(from, today)
    return options.rare === true ? widenPerson(person, from.fork('rare')) : person
  }
  const enterprise = inventEnterprise(random.fork('enterprise'), today)
  const operator = personOf(people.fork('operator'))
  const planted = new Set(options.faults ?? [])
  const handlerIsOperator = people.chance(0.3) && options.ownHandler !== true
  const cast: Cast = {
    random,
    service,
    enterprise: options.rare === true ? widenEnterprise(enterprise, random.fork('rare')) : enterprise,
    legal: personOf(people.fork('legal')),
    operator: planted.has('expired-id') ? expire(operator, people.fork('expired'), today) : operator,
    second: service === 'add-operator' && options.operators === 2 ? personOf(people.fork('second')) : null,
    handler: handlerIsOperator ? operator : personOf(people.fork('handler')),
    today,
    applicationDate: shiftDate(today, 0, 0, -people.whole(0, 9)),
    style,
    delivery: options.delivery ?? null,
    harsh,
    bareScreens: options.bareScreens ?? false,
    faults: planted,
  }
  const cast2: Cast = handlerIsOperator ? { ...cast, handler: cast.operator } : cast
  const findings: ExpectedFinding[] = []
  let papers = drawPapers(cast2, options, findings)
  if (harsh) papers = papers.map((paper) => (isCopy(paper.kind) ? paper : onBlank(paper, style.furniture)))
  const copyWords = random.fork('copy-words')
  if (options.copyWords ?? (harsh && copyWords.chance(0.35)))
    papers = papers.map((paper) => (isCopy(paper.kind) ? withCopyWords(paper, copyWords.fork(paper.role)) : paper))
  if (planted.has('missing-paper')) {
    const droppable = papers.filter((paper) => paper.kind !== 'registration-form' && paper.kind !== 'cancellation-request')
    const gone = random.fork('missing').pick(droppable)
    papers = papers.filter(
      (paper) =>
        paper.kind !== gone.kind ||
        (gone.kind === 'identity-document' &&
          paper.values['name'] !== gone.values['name'] &&
          paper.role.split('身份证')[0] !== gone.role.split('身份证')[0]),
    )
    findings.push({ code: 'document-missing', document: gone.kind, field: null })
  }
  if (options.strayPaper === true) {
    const stray = random.fork('stray')
    papers = papers.toSpliced(
      stray.whole(0, papers.length),
      0,
      strayPaper(cast.enterprise, stray, cast.applicationDate, style, (sheet) =>
        press(sheet, designSeal(random.fork('seal'), cast.enterprise.name, cast.enterprise.sealNumber, held), wearSeal(stray), 400, 600),
      ),
    )
  }
  if (planted.has('duplicate-paper')) {
    const twice = papers.find((paper) => paper.kind === 'card-form' || paper.kind === 'registration-form') ?? papers[0]!
    papers = [...papers, { ...twice, role: `${twice.role}（重复）` }]
    findings.push({ code: 'duplicate-document', document: twice.kind, field: null })
  }
  const unsure = [
    'seal-copied',
    'duplicate-document',
    'service-unclear',
    'several-services',
    'card-outdated',
    'change-differs',
    'licence-expired',
  ]
  const decided = findings.filter((finding) => !unsure.includes(finding.code))
  return {
    seed,
    service,
    writing,
    layout: style.layout,
    enterprise: cast.enterprise,
    papers,
    findings,
    decision: decided.length > 0 ? 'correct' : findings.length > 0 || options.strayPaper === true ? null : 'ready',
  }
}

/** A copy of something that no office lays out. */
const isCopy = (kind: DocumentKind): boolean => kind === 'identity-document' || kind === 'business-licence' || kind === 'payment-proof'

function expire(person: Person, random: Random, today: string): Person {
  const idTo = shiftDate(today, 0, 0, -random.whole(5, 700))
  return { ...person, idTo, idFrom: shiftDate(idTo, -10) }
}

function drawPapers(cast: Cast, options: SubmissionOptions, findings: ExpectedFinding[]): Paper[] {
  const { random, service, enterprise, style, faults: planted } = cast
  const kinds =
    cast.second === null ? papersOf[service] : papersOf[service].flatMap((kind) => (kind === 'card-form' ? [kind, kind] : [kind]))
  const own = designSeal(random.fork('seal'), enterprise.name, enterprise.sealNumber, options.heldBack)
  const other = designSeal(
    random.fork('other-seal'),
    inventEnterprise(random.fork('other-enterprise'), cast.today).name,
    `350203${random.fork('other-number').digits(7)}`,
  )
  const holders = copiedHolders(cast)
  const all: (DocumentKind | `identity:${string}`)[] = [...kinds, ...holders.map((holder) => `identity:${holder}` as const)]
  const faultRandom = random.fork('faults')
  const unsealed = planted.has('missing-seal')
    ? (options.unsealed ?? faultRandom.pick(all.filter((kind) => kind !== 'cancellation-request')))
    : null
  const wrongly =
    planted.has('other-seal') || planted.has('special-seal')
      ? faultRandom.pick(all.filter((kind) => kind !== unsealed && kind !== 'cancellation-request'))
      : null
  if (planted.has('copied-seal')) findings.push({ code: 'seal-copied', document: kinds[0]!, field: null })
  for (const paper of unsealed === 'every' ? all : unsealed === null ? [] : [unsealed])
    findings.push({ code: 'seal-missing', document: kindOf(paper), field: null })
  if (options.bareScreens === true && kinds.includes('payment-proof') && unsealed !== 'payment-proof' && unsealed !== 'every')
    findings.push({ code: 'seal-missing', document: 'payment-proof', field: null })
  // A seal for one purpose is no other enterprise's: the company seal is missing beside it.
  if (wrongly !== null)
    findings.push({ code: planted.has('special-seal') ? 'seal-missing' : 'seal-mismatch', document: kindOf(wrongly), field: null })
  const special = designSpecialSeal(random.fork('special'), enterprise.name, enterprise.uscc)
  const sealer = (paper: string): ((sheet: Sheet, x: number, y: number) => void) => {
    const wear = wearSeal(random.fork(`wear-${paper}`), options.wear ?? 1)
    const extra = random.fork(`extra-${paper}`).chance(0.05)
    return (sheet, x, y) => {
      if (paper === unsealed || unsealed === 'every') return
      if (planted.has('copied-seal') && paper !== wrongly) {
        // One picture of an impression, put on every paper.
        const picture = random.fork('copied-seal')
        pressSeal(sheet, own, wearSeal(picture.fork('wear'), options.wear ?? 1), x, y, picture)
        return
      }
      press(sheet, paper !== wrongly ? own : planted.has('special-seal') ? special : other, wear, x, y)
      if (extra && paper !== wrongly) press(sheet, special, wear, x > sheet.width / 2 ? x - 150 : x + 150, y + 10)
    }
  }
  const papers: Paper[] = []
  kinds.forEach((kind, i) =>
    papers.push(fillPaper(kind, kinds.slice(0, i).filter((before) => before === kind).length, cast, style, sealer(kind), findings)),
  )
  const oneSided = planted.has('one-side') ? holders.at(-1) : undefined
  if (oneSided !== undefined) findings.push({ code: 'document-missing', document: 'identity-document', field: null })
  for (const holder of holders) {
    const [person, role] = personOf(holder, cast)
    if (planted.has('expired-id') && person.idNumber === cast.operator.idNumber)
      findings.push({ code: 'id-expired', document: 'identity-document', field: 'validTo' })
    const layout = random.fork(`identity-${holder}`)
    const sheets = layout.chance(0.82) && holder !== oneSided ? 'one' : 'two'
    papers.push(
      ...identityCopies(
        person,
        role,
        {
          sheets,
          zoom: layout.pick([1, 1, 1.15, 1.3]),
          note: layout.chance(0.3)
            ? layout.pick(['仅供办理电子口岸卡使用', '此复印件与原件一致，仅用于电子口岸制卡业务', '与原件相符'])
            : null,
          sideBySide: layout.chance(0.15),
        },
        style,
        sealer(`identity:${holder}`),
      ).slice(0, holder === oneSided ? 1 : undefined),
    )
  }
  if (planted.has('wrong-check-digit')) {
    // Of paperless enrolment only the licence carries a code, and that was printed right.
    if (kinds.includes('registration-form')) findings.push({ code: 'invalid-uscc', document: 'registration-form', field: 'uscc' })
    else if (kinds.includes('payment-proof')) findings.push({ code: 'invalid-uscc', document: 'payment-proof', field: 'taxpayerId' })
  }
  return papers
}

/** Whose cards are copied: one copy serves when the handler is also the holder, so that no fault is planted on a second. */
function copiedHolders(cast: Cast): Holder[] {
  const holders: Holder[] = [...identities[cast.service], ...(cast.second === null ? [] : (['second'] as const))]
  const seen = new Set<string>()
  return holders.filter((holder) => {
    const [{ idNumber }] = personOf(holder, cast)
    return !seen.has(idNumber) && seen.add(idNumber)
  })
}

function press(sheet: Sheet, design: SealDesign, wear: ReturnType<typeof wearSeal>, x: number, y: number): void {
  pressSeal(sheet, design, { ...wear, turn: wear.turn + sheet.random.bell() * 0.05 }, x, y)
}

function kindOf(paper: string): DocumentKind {
  return paper.startsWith('identity:') ? 'identity-document' : (paper as DocumentKind)
}

function personOf(holder: Holder, cast: Cast): [Person, string] {
  if (holder === 'second') return [cast.second ?? cast.operator, '操作员二']
  if (holder === 'legal') return [cast.legal, '法人']
  if (holder === 'handler') return [cast.handler, '经办人']
  if (holder === 'operator') return [cast.operator, '操作员']
  return holdsLegalCard(cast) ? [cast.legal, '持卡人'] : [cast.operator, '持卡人']
}

function holdsLegalCard(cast: Cast): boolean {
  return (
    cast.service === 'replace-legal' ||
    (cast.service !== 'replace-operator' && cast.random.fork('holder').chance(0.4) && !cast.faults.has('expired-id'))
  )
}
