/** Fills each paper of a submission with what its people would write, and plants the faults that are asked for. */
import type { DocumentKind, ServiceCode } from '../../src/guide/papers.ts'
import { cardForm, emptyHolder, type HolderValues } from './draw-card-form.ts'
import { licenceCopy } from './draw-licence.ts'
import { paymentProof, type Order } from './draw-payment.ts'
import { registrationForm, servicesWithCardNumber } from './draw-registration-form.ts'
import { authorizationLetter, cancellationRequest, changeRequest } from './draw-requests.ts'
import type { FormStyle } from './form-style.ts'
import { inventCardNumber, spoilUscc } from './invent-identifiers.ts'
import { chineseDate, inventEnterprise, inventPerson, shiftDate, type Enterprise, type Person } from './invent-parties.ts'
import type { Paper } from './paper.ts'
import { spoilChange, spoilOperator, spoilOrder, spoilRegistration, valueFaults } from './plant-faults.ts'
import type { Random } from './random.ts'
import type { Sheet } from './sheet.ts'

export const faults = [
  ...valueFaults,
  'special-seal',
  'one-side',
  'missing-paper',
  'missing-seal',
  'other-seal',
  'copied-seal',
  'wrong-check-digit',
  'expired-id',
  'name-mismatch',
  'holder-mismatch',
  'duplicate-paper',
  'empty-field',
  'no-tick',
  'two-ticks',
  'other-legal',
  'licence-over',
] as const
export type Fault = (typeof faults)[number]

export interface ExpectedFinding {
  readonly code: string
  readonly document: DocumentKind
  readonly field: string | null
}

/** The papers of each service apart from identity copies (the guide's lists). */
export const papersOf: Record<ServiceCode, readonly DocumentKind[]> = {
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

/** Everyone and everything that a submission's papers speak of. */
export interface Cast {
  readonly random: Random
  readonly service: ServiceCode
  readonly enterprise: Enterprise
  readonly legal: Person
  readonly operator: Person
  readonly second: Person | null
  readonly handler: Person
  readonly today: string
  readonly applicationDate: string
  readonly style: FormStyle
  readonly delivery: 'post' | 'window' | null
  readonly harsh: boolean
  /** Payment proofs are bare screenshots. */
  readonly bareScreens: boolean
  readonly faults: ReadonlySet<Fault>
}

/** One paper; `index` counts papers of the same kind. Findings that its faults should cause are added. */
export function fillPaper(
  kind: DocumentKind,
  index: number,
  cast: Cast,
  style: FormStyle,
  seal: (sheet: Sheet, x: number, y: number) => void,
  findings: ExpectedFinding[],
): Paper {
  const { random, enterprise, legal, operator, handler, applicationDate } = cast
  const choices = random.fork(`paper-${kind}`)
  const uscc = cast.faults.has('wrong-check-digit') ? spoilUscc(random.fork('spoil'), enterprise.uscc) : enterprise.uscc
  const recipient = random.fork('recipient')
  const recipientAddress = recipient.chance(0.6) ? enterprise.address : inventEnterprise(recipient.fork('elsewhere'), cast.today).address
  const recipientPerson = recipient.chance(0.7) ? handler : inventPerson(recipient.fork('person'), cast.today)
  const planting = { planted: cast.faults, random: random.fork('values'), today: cast.today, findings }
  switch (kind) {
    case 'registration-form': {
      const byChance = choices.chance(0.8) || cast.faults.has('empty-field') || cast.faults.has('vague-address')
      const post = cast.delivery === null ? byChance : cast.delivery === 'post'
      const emptied = cast.faults.has('empty-field')
        ? random.fork('empty').pick(
            // Guide 九: nothing is sent back, nobody asks where to.
            cast.service === 'deregister'
              ? (['handlerPhone'] as const)
              : (['handlerPhone', 'recipientAddress', 'recipientPhone', 'recipientName'] as const),
          )
        : null
      if (emptied !== null) findings.push({ code: 'field-missing', document: 'registration-form', field: emptied })
      const services = cast.faults.has('no-tick')
        ? []
        : cast.faults.has('two-ticks')
          ? [
              cast.service,
              random.fork('ticks').pick((['unlock', 'renew', 'change-operator'] as const).filter((code) => code !== cast.service)),
            ]
          : [cast.service]
      if (cast.faults.has('no-tick')) findings.push({ code: 'service-unclear', document: 'registration-form', field: 'services' })
      if (cast.faults.has('two-ticks')) findings.push({ code: 'several-services', document: 'registration-form', field: 'services' })
      const named = cast.faults.has('name-mismatch') ? otherName(enterprise.name, random.fork('name')) : enterprise.name
      if (cast.faults.has('name-mismatch')) findings.push({ code: 'name-mismatch', document: 'registration-form', field: 'enterpriseName' })
      const written = spoilRegistration(
        {
          applicationDate,
          enterpriseName: named,
          uscc,
          handlerName: handler.name,
          handlerPhone: emptied === 'handlerPhone' ? null : choices.chance(0.12) ? enterprise.landline : handler.mobile,
          services,
          // It is written beside the ticked service: without a tick there is no place for it.
          cardNumber: services.length > 0 && servicesWithCardNumber.includes(cast.service) ? cardFor(cast) : null,
          deliveryMethod: post ? 'post' : 'window',
          recipientAddress: post && emptied !== 'recipientAddress' ? recipientAddress : null,
          recipientName: post && emptied !== 'recipientName' ? recipientPerson.name : null,
          recipientPhone: post && emptied !== 'recipientPhone' ? recipientPerson.mobile : null,
        },
        planting,
      )
      return registrationForm(written, style, seal)
    }
    case 'card-form': {
      const both = cast.service === 'enrol' || cast.service === 'change-enterprise' || choices.chance(0.25)
      if (index > 0 && cast.second !== null)
        return cardForm(emptyHolder, holderOf(cast.second, cast, choices.fork('second'), '报关员'), applicationDate, style, seal)
      const held = cast.faults.has('holder-mismatch')
        ? { ...operator, idNumber: inventPerson(random.fork('stranger'), cast.today).idNumber }
        : operator
      if (cast.faults.has('holder-mismatch')) findings.push({ code: 'person-mismatch', document: 'card-form', field: 'operator.idNumber' })
      return cardForm(
        both ? holderOf(legal, cast, choices.fork('legal'), choices.pick(['法定代表人', '执行董事', '总经理'])) : emptyHolder,
        spoilOperator(
          holderOf(held, cast, choices.fork('operator'), choices.pick(['报关员', '关务', '单证员', '业务员', '操作员', '关务主管'])),
          planting,
        ),
        choices.chance(0.92) ? applicationDate : null,
        style,
        seal,
      )
    }
    case 'change-request':
      return changeRequest(
        spoilChange(
          {
            enterpriseName: enterprise.name,
            uscc: enterprise.uscc,
            contactName: handler.name,
            contactPhone: handler.mobile,
            changes: changeText(cast, choices),
            remarks: choices.chance(0.3) ? choices.pick(['操作员卡一并变更', '请同时更新法人卡信息', '附变更登记通知书']) : null,
            signedDate: applicationDate,
          },
          planting,
        ),
        style,
        seal,
      )
    case 'cancellation-request': {
      const cards = random.fork('cards')
      const numbers = Array.from({ length: cards.whole(1, 3) }, () => inventCardNumber(cards))
      return {
        ...cancellationRequest(
          {
            enterpriseName: enterprise.name,
            uscc: enterprise.uscc,
            handlerName: handler.name,
            handlerPhone: handler.mobile,
            legalCardNumber: inventCardNumber(random.fork('card')),
            operatorCardNumbers: numbers,
            applicationDate,
          },
          style,
          seal,
        ),
        role: `注销申请表${index}`,
      }
    }
    case 'authorization-letter':
      return authorizationLetter(
        {
          recipientAddress,
          recipientName: recipientPerson.name,
          recipientPhone: recipientPerson.mobile,
          enterpriseName: enterprise.name,
          legalName: legal.name,
          legalPhone: legal.mobile,
          signedDate: applicationDate,
        },
        style,
        seal,
      )
    case 'business-licence': {
      const isOver = cast.faults.has('licence-over') && enterprise.kind !== 'sole-trader'
      const isOthers = cast.faults.has('other-legal')
      if (isOver) findings.push({ code: 'licence-expired', document: 'business-licence', field: 'businessTerm' })
      if (isOthers) findings.push({ code: 'person-mismatch', document: 'business-licence', field: 'legalName' })
      return licenceCopy(
        isOver ? { ...enterprise, term: endedTerm(enterprise.established, random.fork('term'), cast.today) } : enterprise,
        isOthers ? inventPerson(random.fork('other-legal'), cast.today).name : legal.name,
        {
          orientation: choices.chance(0.7) ? 'landscape' : 'portrait',
          face: choices.pick(['serif', 'kai', 'sans']),
          term: choices.chance(0.65) || isOver,
        },
        seal,
      )
    }
    default: {
      const order = orderOf(
        cast,
        cast.faults.has('wrong-check-digit') && !papersOf[cast.service].includes('registration-form') ? uscc : enterprise.uscc,
        random.fork('order'),
      )
      return paymentProof(
        spoilOrder(order, planting),
        {
          page: choices.chance(0.75) ? 'detail' : 'list',
          dark: choices.chance(cast.harsh ? 0.25 : 0.06),
          printed: !cast.bareScreens,
          width: choices.pick(cast.harsh ? [640, 720, 828, 1080, 1170, 1284, 1440] : [828, 1080, 1170, 1284]),
          clock: `${choices.whole(8, 21)}:${String(choices.whole(0, 59)).padStart(2, '0')}`,
        },
        seal,
      )
    }
  }
}

/** From its establishment to a day of the last two years. */
const endedTerm = (established: string, random: Random, today: string): string =>
  `${chineseDate(established)}至${chineseDate(shiftDate(today, 0, 0, -random.whole(2, 700)))}`

/** Another name than the enterprise's, near enough to be a slip. */
/** Old cards, whose numbers begin with 0, are renewed and unlocked at the counter only. */
function cardFor({ service, random }: Cast): string {
  const number = inventCardNumber(random.fork('card'))
  return service === 'renew' || service === 'unlock' ? number.replace(/^0/u, '8') : number
}

function otherName(name: string, random: Random): string {
  const chars = Array.from('鑫海宏恒瑞盛泰嘉鹭安联顺信达')
  const at = 2 + random.whole(0, 1)
  return Array.from(name)
    .map((char, i) => (i === at ? random.pick(chars.filter((other) => other !== char)) : char))
    .join('')
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
  const quantity = cast.service === 'reader' ? random.pick([1, 1, 1, 2, 3]) : cast.second === null ? 1 : 2
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
