/** Puts one submission together: who asks for which service, with which papers, and which faults are planted. */
import type { Decision } from '../../src/flow.ts'
import type { DocumentKind, ServiceCode } from '../../src/guide/papers.ts'
import { serviceCodes } from '../../src/guide/papers.ts'
import { cardForm, emptyHolder, type HolderValues } from './draw-card-form.ts'
import { identityCopies } from './draw-identity.ts'
import { licenceCopy } from './draw-licence.ts'
import { paymentProof, type Order } from './draw-payment.ts'
import { registrationForm, servicesWithCardNumber } from './draw-registration-form.ts'
import { authorizationLetter, cancellationRequest, changeRequest } from './draw-requests.ts'
import { designSeal, designSpecialSeal, pressSeal, wearSeal, type SealDesign } from './draw-seal.ts'
import { chooseStyle, type FormStyle, type LayoutName, type Writing } from './form-style.ts'
import { inventCardNumber, spoilUscc } from './invent-identifiers.ts'
import { inventEnterprise, inventPerson, shiftDate, type Enterprise, type Person } from './invent-parties.ts'
import type { Paper } from './paper.ts'
import { seedRandom, type Random } from './random.ts'
import type { Sheet } from './sheet.ts'

export const faults = [
  'missing-paper',
  'missing-seal',
  'other-seal',
  'wrong-check-digit',
  'expired-id',
  'name-mismatch',
  'holder-mismatch',
  'duplicate-paper',
  'empty-field',
] as const
export type Fault = (typeof faults)[number]

export interface ExpectedFinding {
  readonly code: string
  readonly document: DocumentKind
  readonly field: string | null
}

export interface SubmissionOptions {
  readonly service?: ServiceCode
  readonly faults?: readonly Fault[]
  readonly writing?: Writing
  readonly layout?: LayoutName
  readonly heldBack?: boolean
  /** The day the papers are handed in, `YYYY-MM-DD`. */
  readonly today?: string
  /** Payment proofs as bare screenshots, without a company seal. */
  readonly bareScreens?: boolean
  /** How the cards are handed out; else by chance. */
  readonly delivery?: 'post' | 'window'
  /** The paper that a missing seal is missing from, as `identity:handler`; else by chance. */
  readonly unsealed?: DocumentKind | `identity:${'legal' | 'operator' | 'holder' | 'handler'}`
  /** The handler is a person of their own, with a copy of their own. */
  readonly ownHandler?: boolean
  /** Harshness of worn seals: 1 is what an office sees, 0 crisp. */
  readonly wear?: number
}

export interface ComposedSubmission {
  readonly seed: number
  readonly service: ServiceCode
  readonly writing: Writing
  readonly layout: LayoutName
  readonly enterprise: Enterprise
  readonly papers: readonly Paper[]
  readonly findings: readonly ExpectedFinding[]
  /** Null where the guide leaves it to the office (a paper sent twice). */
  readonly decision: Decision | null
}

/** Who the identity copies are of, by service (the guide's lists of papers). */
const identities: Record<ServiceCode, readonly ('legal' | 'operator' | 'holder' | 'handler')[]> = {
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
const papersOf: Record<ServiceCode, readonly DocumentKind[]> = {
  'enrol-online': ['business-licence', 'authorization-letter'],
  enrol: ['business-licence', 'registration-form', 'card-form'],
  'change-enterprise': ['business-licence', 'registration-form', 'card-form', 'change-request'],
  'change-operator': ['registration-form', 'card-form'],
  'add-operator': ['registration-form', 'card-form', 'payment-proof'],
  'replace-legal': ['registration-form', 'payment-proof'],
  'replace-operator': ['registration-form', 'payment-proof'],
  renew: ['registration-form'],
  unlock: ['registration-form'],
  reader: ['authorization-letter', 'payment-proof'],
  deregister: ['registration-form', 'cancellation-request', 'cancellation-request'],
}

interface Cast {
  readonly random: Random
  readonly service: ServiceCode
  readonly enterprise: Enterprise
  readonly legal: Person
  readonly operator: Person
  readonly handler: Person
  readonly today: string
  readonly applicationDate: string
  readonly style: FormStyle
  readonly held: boolean
  readonly options: SubmissionOptions
  readonly faults: ReadonlySet<Fault>
}

/** `seed` and `options` decide everything. */
export function composeSubmission(seed: number, options: SubmissionOptions = {}): ComposedSubmission {
  const random = seedRandom(seed)
  const held = options.heldBack ?? false
  const today = options.today ?? '2026-11-20'
  const service = options.service ?? random.fork('service').pick(serviceCodes)
  const writing = options.writing ?? (random.fork('writing').chance(0.45) ? 'hand' : 'typed')
  const style = chooseStyle(random.fork('style'), writing, held, options.layout)
  const people = random.fork('people')
  const operator = inventPerson(people.fork('operator'), today)
  const planted = new Set(options.faults ?? [])
  const handlerIsOperator = people.chance(0.3) && options.ownHandler !== true
  const cast: Cast = {
    random,
    service,
    enterprise: inventEnterprise(random.fork('enterprise'), today),
    legal: inventPerson(people.fork('legal'), today),
    operator: planted.has('expired-id') ? expire(operator, people.fork('expired'), today) : operator,
    handler: handlerIsOperator ? operator : inventPerson(people.fork('handler'), today),
    today,
    applicationDate: shiftDate(today, 0, 0, -people.whole(0, 9)),
    style,
    held,
    options,
    faults: planted,
  }
  const cast2: Cast = handlerIsOperator ? { ...cast, handler: cast.operator } : cast
  const findings: ExpectedFinding[] = []
  let papers = drawPapers(cast2, findings)
  if (planted.has('missing-paper')) {
    const droppable = papers.filter(paper => paper.kind !== 'registration-form' && paper.kind !== 'cancellation-request')
    const gone = random.fork('missing').pick(droppable)
    papers = papers.filter(paper => paper.kind !== gone.kind || (gone.kind === 'identity-document' && paper.values['name'] !== gone.values['name'] && paper.role.split('身份证')[0] !== gone.role.split('身份证')[0]))
    findings.push({ code: 'document-missing', document: gone.kind, field: null })
  }
  if (planted.has('duplicate-paper')) {
    const twice = papers.find(paper => paper.kind === 'card-form' || paper.kind === 'registration-form') ?? papers[0]!
    papers = [...papers, { ...twice, role: `${twice.role}（重复）` }]
    findings.push({ code: 'duplicate-document', document: twice.kind, field: null })
  }
  const decided = findings.filter(finding => finding.code !== 'duplicate-document')
  return {
    seed,
    service,
    writing,
    layout: style.layout,
    enterprise: cast.enterprise,
    papers,
    findings,
    decision: decided.length > 0 ? 'correct' : findings.length > 0 ? null : 'ready',
  }
}

function expire(person: Person, random: Random, today: string): Person {
  const idTo = shiftDate(today, 0, 0, -random.whole(5, 700))
  return { ...person, idTo, idFrom: shiftDate(idTo, -10) }
}

function drawPapers(cast: Cast, findings: ExpectedFinding[]): Paper[] {
  const { random, service, enterprise, style, faults: planted } = cast
  const kinds = papersOf[service]
  const own = designSeal(random.fork('seal'), enterprise.name, enterprise.sealNumber)
  const other = designSeal(random.fork('other-seal'), inventEnterprise(random.fork('other-enterprise'), cast.today).name, `350203${random.fork('other-number').digits(7)}`)
  const holders = [...new Set(identities[service])]
  const all: (DocumentKind | `identity:${string}`)[] = [...kinds, ...holders.map(holder => `identity:${holder}` as const)]
  const faultRandom = random.fork('faults')
  const unsealed = planted.has('missing-seal') ? (cast.options.unsealed ?? faultRandom.pick(all.filter(kind => kind !== 'cancellation-request'))) : null
  const wrongly = planted.has('other-seal') ? faultRandom.pick(all.filter(kind => kind !== unsealed && kind !== 'cancellation-request')) : null
  if (unsealed !== null) findings.push({ code: 'seal-missing', document: kindOf(unsealed), field: null })
  if (cast.options.bareScreens === true && kinds.includes('payment-proof') && unsealed !== 'payment-proof') findings.push({ code: 'seal-missing', document: 'payment-proof', field: null })
  if (wrongly !== null) findings.push({ code: 'seal-mismatch', document: kindOf(wrongly), field: null })
  const special = designSpecialSeal(random.fork('special'), enterprise.name, enterprise.uscc)
  const sealer = (paper: string): ((sheet: Sheet, x: number, y: number) => void) => {
    const wear = wearSeal(random.fork(`wear-${paper}`), cast.options.wear ?? 1)
    const extra = random.fork(`extra-${paper}`).chance(0.05)
    return (sheet, x, y) => {
      if (paper === unsealed) return
      press(sheet, paper === wrongly ? other : own, wear, x, y)
      if (extra) press(sheet, special, wear, x > sheet.width / 2 ? x - 150 : x + 150, y + 10)
    }
  }
  const papers: Paper[] = []
  kinds.forEach((kind, i) => papers.push(paperOf(kind, i, cast, style, sealer(kind), findings)))
  const drawn = new Set<string>()
  for (const holder of holders) {
    const [person, role] = personOf(holder, cast)
    // One copy serves when the handler is also the holder.
    if (drawn.has(person.idNumber)) continue
    drawn.add(person.idNumber)
    if (planted.has('expired-id') && person.idNumber === cast.operator.idNumber) findings.push({ code: 'id-expired', document: 'identity-document', field: 'validTo' })
    const layout = random.fork(`identity-${holder}`)
    papers.push(
      ...identityCopies(
        person,
        role,
        {
          sheets: layout.chance(0.82) ? 'one' : 'two',
          zoom: layout.pick([1, 1, 1.15, 1.3]),
          note: layout.chance(0.3) ? layout.pick(['仅供办理电子口岸卡使用', '此复印件与原件一致，仅用于电子口岸制卡业务', '与原件相符']) : null,
          sideBySide: layout.chance(0.15),
        },
        style,
        sealer(`identity:${holder}`),
      ),
    )
  }
  if (planted.has('wrong-check-digit')) findings.push({ code: 'invalid-uscc', document: kinds.includes('registration-form') ? 'registration-form' : 'payment-proof', field: kinds.includes('registration-form') ? 'uscc' : 'taxpayerId' })
  return papers
}

function press(sheet: Sheet, design: SealDesign, wear: ReturnType<typeof wearSeal>, x: number, y: number): void {
  pressSeal(sheet, design, { ...wear, turn: wear.turn + sheet.random.bell() * 0.05 }, x, y)
}

function kindOf(paper: string): DocumentKind {
  return paper.startsWith('identity:') ? 'identity-document' : (paper as DocumentKind)
}

function personOf(holder: 'legal' | 'operator' | 'holder' | 'handler', cast: Cast): [Person, string] {
  if (holder === 'legal') return [cast.legal, '法人']
  if (holder === 'handler') return [cast.handler, '经办人']
  if (holder === 'operator') return [cast.operator, '操作员']
  return holdsLegalCard(cast) ? [cast.legal, '持卡人'] : [cast.operator, '持卡人']
}

function holdsLegalCard(cast: Cast): boolean {
  return cast.service === 'replace-legal' || (cast.service !== 'replace-operator' && cast.random.fork('holder').chance(0.4) && !cast.faults.has('expired-id'))
}

function paperOf(kind: DocumentKind, index: number, cast: Cast, style: FormStyle, seal: (sheet: Sheet, x: number, y: number) => void, findings: ExpectedFinding[]): Paper {
  const { random, enterprise, legal, operator, handler, applicationDate } = cast
  const choices = random.fork(`paper-${kind}`)
  const uscc = cast.faults.has('wrong-check-digit') ? spoilUscc(random.fork('spoil'), enterprise.uscc) : enterprise.uscc
  const recipient = random.fork('recipient')
  const recipientAddress = recipient.chance(0.6) ? enterprise.address : inventEnterprise(recipient.fork('elsewhere'), cast.today).address
  const recipientPerson = recipient.chance(0.7) ? handler : inventPerson(recipient.fork('person'), cast.today)
  switch (kind) {
    case 'registration-form': {
      const byChance = choices.chance(0.8) || cast.faults.has('empty-field')
      const post = cast.options.delivery === undefined ? byChance : cast.options.delivery === 'post'
      const emptied = cast.faults.has('empty-field') ? random.fork('empty').pick(['handlerPhone', 'recipientAddress', 'recipientPhone', 'recipientName'] as const) : null
      if (emptied !== null) findings.push({ code: 'field-missing', document: 'registration-form', field: emptied })
      const named = cast.faults.has('name-mismatch') ? otherName(enterprise.name, random.fork('name')) : enterprise.name
      if (cast.faults.has('name-mismatch')) findings.push({ code: 'name-mismatch', document: 'registration-form', field: 'enterpriseName' })
      return registrationForm(
        {
          applicationDate,
          enterpriseName: named,
          uscc,
          handlerName: handler.name,
          handlerPhone: emptied === 'handlerPhone' ? null : handler.mobile,
          services: [cast.service],
          cardNumber: servicesWithCardNumber.includes(cast.service) ? inventCardNumber(random.fork('card')) : null,
          deliveryMethod: post ? 'post' : 'window',
          recipientAddress: post && emptied !== 'recipientAddress' ? recipientAddress : null,
          recipientName: post && emptied !== 'recipientName' ? recipientPerson.name : null,
          recipientPhone: post && emptied !== 'recipientPhone' ? recipientPerson.mobile : null,
        },
        style,
        seal,
      )
    }
    case 'card-form': {
      const both = cast.service === 'enrol' || cast.service === 'change-enterprise' || choices.chance(0.25)
      const held = cast.faults.has('holder-mismatch') ? { ...operator, idNumber: inventPerson(random.fork('stranger'), cast.today).idNumber } : operator
      if (cast.faults.has('holder-mismatch')) findings.push({ code: 'person-mismatch', document: 'card-form', field: 'operator.idNumber' })
      return cardForm(
        both ? holderOf(legal, cast, choices.fork('legal'), choices.pick(['法定代表人', '执行董事', '总经理'])) : emptyHolder,
        holderOf(held, cast, choices.fork('operator'), choices.pick(['报关员', '关务', '单证员', '业务员', '操作员', '关务主管'])),
        choices.chance(0.92) ? applicationDate : null,
        style,
        seal,
      )
    }
    case 'change-request':
      return changeRequest(
        {
          enterpriseName: enterprise.name,
          uscc: enterprise.uscc,
          contactName: handler.name,
          contactPhone: handler.mobile,
          changes: changeText(cast, choices),
          remarks: choices.chance(0.3) ? choices.pick(['操作员卡一并变更', '请同时更新法人卡信息', '附变更登记通知书']) : null,
          signedDate: applicationDate,
        },
        style,
        seal,
      )
    case 'cancellation-request': {
      const cards = random.fork('cards')
      const numbers = Array.from({ length: cards.whole(1, 3) }, () => inventCardNumber(cards))
      return { ...cancellationRequest({ enterpriseName: enterprise.name, uscc: enterprise.uscc, handlerName: handler.name, handlerPhone: handler.mobile, legalCardNumber: inventCardNumber(cards), operatorCardNumbers: numbers, applicationDate }, style, seal), role: `注销申请表${index}` }
    }
    case 'authorization-letter':
      return authorizationLetter(
        { recipientAddress, recipientName: recipientPerson.name, recipientPhone: recipientPerson.mobile, enterpriseName: enterprise.name, legalName: legal.name, legalPhone: legal.mobile, signedDate: applicationDate },
        style,
        seal,
      )
    case 'business-licence':
      return licenceCopy(
        enterprise,
        legal.name,
        { orientation: choices.chance(0.7) ? 'landscape' : 'portrait', face: choices.pick(['serif', 'kai', 'sans']), term: choices.chance(0.65) },
        seal,
      )
    default: {
      const order = orderOf(cast, cast.faults.has('wrong-check-digit') && !papersOf[cast.service].includes('registration-form') ? uscc : enterprise.uscc, random.fork('order'))
      return paymentProof(
        order,
        {
          page: choices.chance(0.75) ? 'detail' : 'list',
          dark: choices.chance(0.06),
          printed: cast.options.bareScreens !== true,
          width: choices.pick([828, 1080, 1170, 1284]),
          clock: `${choices.whole(8, 21)}:${String(choices.whole(0, 59)).padStart(2, '0')}`,
        },
        seal,
      )
    }
  }
}

/** Another name than the enterprise's, near enough to be a slip. */
function otherName(name: string, random: Random): string {
  const chars = [...'鑫海宏恒瑞盛泰嘉鹭安联顺信达']
  const at = 2 + random.whole(0, 1)
  return [...name].map((char, i) => (i === at ? random.pick(chars.filter(other => other !== char)) : char)).join('')
}

function holderOf(person: Person, cast: Cast, random: Random, position: string): HolderValues {
  return {
    holderName: person.name,
    sex: person.sex,
    education: random.chance(0.9) ? person.education : null,
    idType: random.pick(['居民身份证', '身份证']),
    idNumber: person.idNumber,
    birthDate: person.birthDate,
    nationality: '中国',
    position,
    address: random.chance(0.65) ? cast.enterprise.address : person.idAddress,
    phone: person.mobile,
    fax: random.chance(0.4) ? cast.enterprise.landline : null,
  }
}

function changeText(cast: Cast, random: Random): string {
  const { enterprise, legal } = cast
  const before = inventEnterprise(random.fork('before'), cast.today)
  const person = inventPerson(random.fork('person'), cast.today)
  return random.pick([
    `企业名称由“${before.name}”变更为“${enterprise.name}”`,
    `法定代表人由${person.name}变更为${legal.name}`,
    `住所由${before.address}变更为${enterprise.address}`,
    `1.企业名称由${before.name}变更为${enterprise.name}；2.法定代表人由${person.name}变更为${legal.name}。`,
  ])
}

const goods: Partial<Record<ServiceCode, readonly [string, number]>> = {
  'add-operator': ['智能IC卡-操作员卡', 120],
  'replace-operator': ['智能IC卡-操作员卡', 120],
  'replace-legal': ['智能IC卡-法人卡', 120],
  reader: ['读卡器', 85],
}

function orderOf(cast: Cast, taxpayerId: string, random: Random): Order {
  const [name, price] = goods[cast.service] ?? ['智能IC卡-操作员卡', 120]
  const quantity = cast.service === 'reader' ? random.pick([1, 1, 1, 2, 3]) : 1
  const day = shiftDate(cast.applicationDate, 0, 0, -random.whole(1, 12))
  const time = `${String(random.whole(8, 20)).padStart(2, '0')}:${String(random.whole(0, 59)).padStart(2, '0')}:${String(random.whole(1, 58)).padStart(2, '0')}`
  const items = [{ name, quantity, price: price.toFixed(2) }]
  if (cast.service !== 'reader' && random.chance(0.15)) items.push({ name: '读卡器', quantity: 1, price: '85.00' })
  const total = items.reduce((sum, item) => sum + item.quantity * Number(item.price), 0).toFixed(2)
  const receiver = random.chance(0.8) ? cast.handler : cast.operator
  return {
    orderNumber: `NF${day.replaceAll('-', '')}${time.replaceAll(':', '')}${random.digits(3)}`,
    orderTime: `${day} ${time}`,
    orderStatus: '待提货',
    branch: '厦门分中心',
    pickupMethod: '关区取货',
    items,
    total,
    invoiceTitle: cast.enterprise.name,
    taxpayerId,
    receiverName: receiver.name,
    receiverPhone: receiver.mobile,
    email: `${random.pick(['caiwu', 'guanwu', 'info', 'office'])}${random.digits(3)}@${random.pick(['163.com', 'qq.com', '189.cn'])}`,
    address: cast.enterprise.address,
  }
}
