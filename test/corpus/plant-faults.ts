/** What is written otherwise than it is on one paper of a submission, each with the finding that it should cause. */
import type { DocumentKind } from '../../src/guide/papers.ts'
import { isValidPhone } from '../../src/guide/identifiers/phone.ts'
import type { HolderValues } from './draw-card-form.ts'
import type { Order } from './draw-payment.ts'
import type { changeRequest } from './draw-requests.ts'
import type { RegistrationValues } from './draw-registration-form.ts'
import type { ExpectedFinding } from './fill-paper.ts'
import { inventUscc, spoilIdNumber } from './invent-identifiers.ts'
import { inventPerson, shiftDate } from './invent-parties.ts'
import type { Random } from './random.ts'

interface ValueFault<Values> {
  readonly code: string
  readonly field: string
  /** Null where these papers cannot show it. */
  readonly change: (values: Values, random: Random, today: string) => Partial<Values> | null
}

type ChangeValues = Parameters<typeof changeRequest>[0]

type ValueFaults<Values> = Readonly<Record<string, ValueFault<Values>>>

const onRegistrationForm = {
  'future-date': {
    code: 'invalid-date',
    field: 'applicationDate',
    change: (_, random, today) => ({ applicationDate: shiftDate(today, 0, random.whole(1, 9)) }),
  },
  'old-date': {
    code: 'invalid-date',
    field: 'applicationDate',
    change: (_, random, today) => ({ applicationDate: shiftDate(today, -2, -random.whole(1, 9)) }),
  },
  'vague-address': {
    code: 'address-incomplete',
    field: 'recipientAddress',
    change: ({ recipientAddress }, random) =>
      recipientAddress === null ? null : { recipientAddress: random.pick(['福建省厦门市湖里区', '厦门市同安区', '福建省漳州市龙海区']) },
  },
  'short-phone': {
    code: 'invalid-phone',
    field: 'handlerPhone',
    // A landline, and one with an extension above all, may still be one.
    change: ({ handlerPhone }) =>
      handlerPhone === null || isValidPhone(handlerPhone.slice(0, -1)) ? null : { handlerPhone: handlerPhone.slice(0, -1) },
  },
  'old-card': {
    code: 'card-outdated',
    field: 'cardNumber',
    change: ({ cardNumber, services }) =>
      cardNumber !== null && services.some((code) => code === 'renew' || code === 'unlock')
        ? { cardNumber: `0${cardNumber.slice(1)}` }
        : null,
  },
  'other-code': {
    code: 'uscc-mismatch',
    field: 'uscc',
    // Renewing and unlocking, no other paper carries a code.
    change: ({ services }, random) =>
      services.some((code) => code === 'renew' || code === 'unlock' || code === 'change-operator')
        ? null
        : { uscc: inventUscc(random, '91', '350206') },
  },
} as const satisfies ValueFaults<RegistrationValues>

const onOperator = {
  'wrong-id-number': {
    code: 'invalid-id-number',
    field: 'operator.idNumber',
    change: ({ idNumber }, random) => (idNumber === null ? null : { idNumber: spoilIdNumber(random, idNumber) }),
  },
  'other-sex': {
    code: 'person-mismatch',
    field: 'operator.sex',
    change: ({ sex }) => ({ sex: sex === '男' ? '女' : '男' }),
  },
  'other-birth-date': {
    code: 'person-mismatch',
    field: 'operator.birthDate',
    change: ({ birthDate }, random) => (birthDate === null ? null : { birthDate: shiftDate(birthDate, random.whole(1, 4), 1) }),
  },
  'other-holder': {
    code: 'person-mismatch',
    field: 'operator.holderName',
    change: (_, random, today) => ({ holderName: inventPerson(random, today).name }),
  },
  'empty-address': { code: 'field-missing', field: 'operator.address', change: () => ({ address: null }) },
} as const satisfies ValueFaults<HolderValues>

const onOrder = {
  'other-product': {
    code: 'payment-mismatch',
    field: 'items',
    change: ({ items: [item] }) => (item === undefined ? null : { items: [{ ...item, name: '智能密码钥匙' }] }),
  },
  'other-branch': {
    code: 'payment-mismatch',
    field: 'branch',
    change: (_, random) => ({ branch: random.pick(['天津分中心', '黄埔分中心', '福州分中心']) }),
  },
  'other-quantity': {
    code: 'payment-mismatch',
    field: 'items',
    // Of readers as many are handed out as were bought.
    change: ({ items: [item, ...others] }, random) =>
      item === undefined || item.name === '读卡器'
        ? null
        : { items: [{ ...item, quantity: item.quantity + random.whole(1, 2) }, ...others] },
  },
  'posted-by-maker': { code: 'payment-mismatch', field: 'pickupMethod', change: () => ({ pickupMethod: '厂家邮寄' }) },
  refunded: { code: 'payment-mismatch', field: 'orderStatus', change: (_, random) => ({ orderStatus: random.pick(['待退款', '待支付']) }) },
} as const satisfies ValueFaults<Order>

const onChangeRequest = {
  'other-change': {
    code: 'change-differs',
    field: 'changes',
    change: (_, random, today) => ({
      changes: `法定代表人由${inventPerson(random, today).name}变更为${inventPerson(random.fork('new'), today).name}。`,
    }),
  },
} as const satisfies ValueFaults<ChangeValues>

const names = <Values>(faults: ValueFaults<Values>) => Object.keys(faults)

/** The names of all of them. */
export const valueFaults = [...names(onRegistrationForm), ...names(onOperator), ...names(onOrder), ...names(onChangeRequest)] as (
  | keyof typeof onRegistrationForm
  | keyof typeof onOperator
  | keyof typeof onOrder
  | keyof typeof onChangeRequest
)[]

/** The values as they are written on the paper; what its planted faults should cause is added to the findings. */
export interface Planting {
  readonly planted: ReadonlySet<string>
  readonly random: Random
  readonly today: string
  readonly findings: ExpectedFinding[]
}

export const spoilRegistration = (values: RegistrationValues, planting: Planting): RegistrationValues =>
  spoilValues('registration-form', onRegistrationForm, values, planting)
export const spoilOperator = (values: HolderValues, planting: Planting): HolderValues =>
  spoilValues('card-form', onOperator, values, planting)
export const spoilChange = (values: ChangeValues, planting: Planting): ChangeValues =>
  spoilValues('change-request', onChangeRequest, values, planting)
export const spoilOrder = (values: Order, planting: Planting): Order => spoilValues('payment-proof', onOrder, values, planting)

function spoilValues<Values>(
  document: DocumentKind,
  faults: ValueFaults<Values>,
  values: Values,
  { planted, random, today, findings }: Planting,
): Values {
  let spoilt = values
  for (const [name, { code, field, change }] of Object.entries(faults)) {
    const changed = planted.has(name) ? change(spoilt, random.fork(name), today) : null
    if (changed === null) continue
    spoilt = { ...spoilt, ...changed }
    findings.push({ code, document, field })
  }
  return spoilt
}
