/** One case or more for each rule: papers with something wrong. The tests run them, and `docs/rules.md` shows what is told. */
import type { JudgeContext } from '../../../src/application/judge/papers.ts'
import type { FieldValue, ReadDocument } from '../../../src/flow.ts'
import type { ServiceCode } from '../../../src/guide/papers.ts'
import {
  authorizationLetter,
  cardForm,
  cleanSets,
  companySeal,
  doubtful,
  enterprise,
  handler,
  identity,
  legal,
  operator,
  otherEnterprise,
  paper,
  paymentProof,
  registrationForm,
  spoil,
  stranger,
  sure,
  without,
} from '../../fixtures/build-papers.ts'
import { pressImpression } from '../../fixtures/press-impression.ts'

export interface RuleCase {
  readonly documents: readonly ReadDocument[]
  readonly context?: Partial<JudgeContext>
}

const empty: FieldValue = { ...sure(null), evidence: ['empty'] }
const sealed = (documents: readonly ReadDocument[], seals: ReadDocument['seals'], nth = 0) =>
  documents.map((document, at) => (at === nth ? { ...document, seals } : document))
const set = (service: ServiceCode) => cleanSets[service]()

const card = {
  number: '8600000012346',
  kind: 'operator' as const,
  uscc: enterprise.uscc,
  holderName: operator.name,
  holderIdNumber: operator.idNumber,
  status: 'valid' as const,
}

const counted = (number: string) => ({ number, unreadableFor: null })
/** No paper says which operators' cards there are. */
const spoilCancellation = () =>
  [0, 1].reduce(
    (documents, nth) => spoil(documents, 'cancellation-request', { operatorCardNumbers: [] }, nth),
    set('deregister') as readonly ReadDocument[],
  )

/** By the name of the rule, in any order. */
export const ruleCases: Readonly<Record<string, readonly RuleCase[]>> = {
  'unclear-service': [
    { documents: spoil(set('renew'), 'registration-form', { services: sure([]) }) },
    { documents: spoil(set('enrol'), 'registration-form', { services: doubtful([], 0.4) }) },
  ],
  'several-services': [
    { documents: spoil(set('renew'), 'registration-form', { services: ['renew', 'add-operator'] }) },
    { documents: spoil(set('renew'), 'registration-form', { services: ['renew', 'unlock'] }) },
    { documents: spoil(set('enrol'), 'registration-form', { services: ['enrol', 'renew'] }) },
    { documents: spoil(set('replace-legal'), 'registration-form', { services: doubtful(['replace-legal', 'change-operator']) }) },
  ],
  'unconfirmed-agreements': [{ documents: set('deregister') }],
  'repeated-request': [{ documents: set('enrol'), context: { openRequests: ['XM20261118-0002'] } }],
  'withdrawal-asked': [{ documents: set('enrol'), context: { withdrawalAsked: true } }],
  'missing-papers': [
    { documents: without(set('enrol'), 'business-licence') },
    { documents: without(set('deregister'), 'cancellation-request') },
  ],
  'missing-identities': [
    { documents: without(set('enrol'), 'identity-document', 2) },
    { documents: [...without(set('add-operator'), 'identity-document', 0), identity(stranger)] },
  ],
  'missing-sides': [{ documents: spoil(set('renew'), 'identity-document', { issuer: empty, validFrom: empty, validTo: empty }) }],
  'duplicate-papers': [
    { documents: [...set('renew'), registrationForm('renew', '8600000012346')] },
    {
      documents: [
        ...set('renew'),
        ...spoil([registrationForm('renew', '8600000099999')], 'registration-form', { handlerPhone: '13900000000' }),
      ],
    },
  ],
  'duplicate-identities': [{ documents: [...set('renew'), identity(handler)] }],
  'unneeded-papers': [
    { documents: [...set('unlock'), paymentProof('读卡器')] },
    { documents: [...set('unlock'), { ...paper('unknown', {}), seals: [] }] },
    { documents: spoil(set('change-enterprise'), 'registration-form', { services: ['renew'] }) },
  ],
  seals: [
    { documents: sealed(set('renew'), []) },
    { documents: sealed(set('renew'), [companySeal(otherEnterprise.name)]) },
    { documents: sealed(set('renew'), [{ ...companySeal(), role: 'special' }]) },
    { documents: sealed(set('renew'), [{ ...companySeal(), color: 'gray' }]) },
    {
      documents: sealed(set('renew'), [{ ...companySeal(), color: 'gray' }]).map((document) => ({
        ...document,
        seals: document.seals.map((seal) => ({ ...seal, color: 'gray' as const })),
        pages: document.pages.map((page) => ({ ...page, gray: true as const })),
      })),
    },
  ],
  'copied-seals': [
    { documents: set('renew').map((document) => ({ ...document, seals: [{ ...companySeal(), impression: pressImpression(1) }] })) },
  ],
  'empty-fields': [
    { documents: spoil(set('renew'), 'registration-form', { handlerPhone: empty }) },
    { documents: spoil(set('add-operator'), 'card-form', { 'operator.position': empty }) },
    { documents: spoil(set('renew'), 'registration-form', { recipientAddress: { ...doubtful(null, 0), box: [0.1, 0.1, 0.1, 0.1] } }) },
  ],
  'wrong-uscc': [{ documents: spoil(set('renew'), 'registration-form', { uscc: '91350206MA2XM00A3T' }) }],
  'wrong-id-number': [{ documents: spoil(set('add-operator'), 'card-form', { 'operator.idNumber': '35020319900101001X' }) }],
  'wrong-phone': [{ documents: spoil(set('renew'), 'registration-form', { handlerPhone: '1380600' }) }],
  'wrong-date': [
    { documents: spoil(set('renew'), 'registration-form', { applicationDate: '2026-12-01' }) },
    { documents: spoil(set('renew'), 'registration-form', { applicationDate: '2026-02-30' }) },
    { documents: spoil(set('renew'), 'registration-form', { applicationDate: '2025-02-03' }) },
    { documents: spoil(set('renew'), 'identity-document', { validFrom: '2027-01-01' }) },
  ],
  'expired-identities': [{ documents: spoil(set('renew'), 'identity-document', { validFrom: '2006-11-01', validTo: '2026-11-01' }) }],
  'expired-licence': [{ documents: spoil(set('enrol'), 'business-licence', { businessTerm: '2006-05-06至2026-05-05' }) }],
  'differing-names': [
    { documents: spoil(set('enrol'), 'business-licence', { enterpriseName: otherEnterprise.name }) },
    { documents: spoil(set('renew'), 'registration-form', { enterpriseName: otherEnterprise.name }) },
  ],
  'differing-codes': [
    { documents: spoil(set('enrol'), 'business-licence', { uscc: otherEnterprise.uscc }) },
    {
      documents: spoil(set('enrol'), 'registration-form', {
        uscc: { ...doubtful('91350206MW2XM00A20', 0.99), evidence: ['check-digit', 'mended', 'clear'] },
      }),
    },
  ],
  'differing-persons': [
    { documents: spoil(set('enrol'), 'card-form', { 'operator.idNumber': stranger.idNumber }) },
    { documents: spoil(set('enrol'), 'card-form', { 'operator.sex': '男' }) },
    { documents: spoil(set('enrol'), 'card-form', { 'operator.birthDate': '1985-06-25' }) },
  ],
  'inconsistent-persons': [
    { documents: spoil(set('renew'), 'identity-document', { sex: '男' }) },
    { documents: spoil(set('add-operator'), 'card-form', { 'operator.idType': '护照' }) },
    { documents: without(spoil(set('add-operator'), 'card-form', { 'operator.birthDate': '1975-06-15' }), 'identity-document', 0) },
  ],
  'differing-legal-persons': [{ documents: spoil(set('enrol'), 'business-licence', { legalName: stranger.name }) }],
  'differing-handlers': [{ documents: spoil(set('deregister'), 'cancellation-request', { handlerName: stranger.name }) }],
  'differing-phones': [
    { documents: [...set('enrol'), authorizationLetter()] },
    { documents: spoil(set('deregister'), 'cancellation-request', { handlerPhone: '13900001111' }) },
  ],
  'differing-changes': [
    { documents: spoil(set('change-enterprise'), 'change-request', { changes: `法定代表人由${legal.name}变更为${stranger.name}。` }) },
    {
      documents: spoil(set('change-enterprise'), 'change-request', { changes: '1.住所由虚构路8号变更为泉州市丰泽区海滨街6号；2.其他不变' }),
    },
    { documents: spoil(set('change-enterprise'), 'change-request', { changes: `法定代表人由${legal.name}变更为${legal.name}` }) },
  ],
  'collected-or-sent': [{ documents: spoil(set('renew'), 'registration-form', { deliveryMethod: 'window' }) }],
  'vague-addresses': [
    { documents: spoil(set('renew'), 'registration-form', { recipientAddress: '福建省厦门市湖里区' }) },
    { documents: spoil(set('renew'), 'registration-form', { recipientAddress: '福建省厦门市湖里区虚构路' }) },
  ],
  'differing-recipients': [
    {
      documents: [
        ...set('enrol'),
        ...spoil([authorizationLetter()], 'authorization-letter', { recipientAddress: '泉州市丰泽区海滨街6号' }),
      ],
    },
    { documents: [...set('enrol'), ...spoil([authorizationLetter()], 'authorization-letter', { recipientPhone: '13900001111' })] },
  ],
  'differing-addresses': [
    { documents: spoil(set('enrol'), 'registration-form', { recipientAddress: '厦门市思明区东港北路29号' }) },
    { documents: spoil(set('enrol'), 'card-form', { 'operator.address': '泉州市丰泽区海滨街6号' }) },
  ],
  'operators-on-two-forms': [
    { documents: [...set('add-operator'), ...spoil([cardForm(legal, operator)], 'card-form', { 'operator.phone': '13900001111' })] },
    {
      documents: [
        ...set('add-operator'),
        ...spoil([cardForm(legal, operator)], 'card-form', { 'operator.position': '单证员', 'operator.idNumber': doubtful(null, 0) }),
      ],
    },
  ],
  'legal-person-as-operator': [
    { documents: spoil(set('enrol'), 'card-form', { 'operator.idNumber': legal.idNumber, 'operator.holderName': legal.name }) },
  ],
  'operators-with-card': [
    { documents: set('add-operator'), context: { cards: [card] } },
    { documents: set('add-operator'), context: { cards: [{ ...card, kind: 'legal' }] } },
    { documents: set('change-operator'), context: { cards: [{ ...card, number: '8600000077777' }] } },
  ],
  'lossy-card-numbers': [
    {
      documents: spoil(set('unlock'), 'registration-form', {
        cardNumber: { ...doubtful('860000012346'), evidence: ['gap', 'ticked-row'] },
      }),
    },
  ],
  'unknown-cards': [
    { documents: set('unlock'), context: { cards: [{ ...card, number: '8600000077777' }] } },
    { documents: set('unlock'), context: { cards: [{ ...card, uscc: otherEnterprise.uscc }] } },
    { documents: spoil(set('unlock'), 'registration-form', { cardNumber: '860000012346' }), context: { strangeNumbers: ['860000012346'] } },
  ],
  'unfit-cards': [
    { documents: set('unlock'), context: { cards: [{ ...card, status: 'void' }] } },
    { documents: set('renew'), context: { cards: [{ ...card, status: 'lost' }] } },
    { documents: set('change-operator'), context: { cards: [{ ...card, status: 'frozen' }] } },
    { documents: set('unlock'), context: { cards: [{ ...card, validUntil: '2026-11-19' }] } },
    { documents: set('deregister'), context: { cards: [{ ...card, status: 'void' }] } },
  ],
  'enrolled-already': [{ documents: set('enrol'), context: { cards: [{ ...card, kind: 'legal', status: 'lost' }] } }],
  'nothing-to-replace': [
    { documents: set('replace-operator'), context: { cards: [{ ...card, status: 'void' }] } },
    {
      documents: set('replace-operator'),
      context: { cards: [{ ...card, holderName: stranger.name, holderIdNumber: stranger.idNumber }] },
    },
  ],
  'other-holders': [
    { documents: set('unlock'), context: { cards: [{ ...card, holderName: stranger.name, holderIdNumber: stranger.idNumber }] } },
    { documents: set('deregister'), context: { cards: [{ ...card, kind: 'legal' }] } },
    { documents: set('deregister'), context: { cards: [{ ...card, number: '8600000012345', kind: 'legal' }] } },
    { documents: set('change-operator'), context: { cards: [{ ...card, kind: 'legal' }] } },
  ],
  'differing-card-numbers': [
    { documents: spoil(set('deregister'), 'cancellation-request', { legalCardNumber: '8600000099999' }, 1) },
    { documents: spoil(set('deregister'), 'cancellation-request', { operatorCardNumbers: ['8600000012346', '8600000012377'] }, 1) },
    { documents: spoil(set('deregister'), 'registration-form', { cardNumber: '8600000099999' }) },
    { documents: spoil(set('deregister'), 'cancellation-request', { operatorCardNumbers: ['8600000012345'] }) },
  ],
  'unlisted-cards': [{ documents: set('deregister'), context: { cards: [{ ...card, number: '8600000077777' }] } }],
  'outdated-cards': [{ documents: spoil(set('unlock'), 'registration-form', { cardNumber: '0600000012346' }) }],
  'enclosed-cards': [
    { documents: set('unlock'), context: { enclosed: [] } },
    { documents: set('unlock'), context: { enclosed: [counted('8600000012399')] } },
    { documents: set('unlock'), context: { enclosed: [counted(card.number), counted('8600000012399')] } },
    { documents: set('unlock'), context: { enclosed: [{ number: null, unreadableFor: '卡面磨损' }] } },
    {
      documents: set('unlock'),
      context: {
        enclosed: [counted(card.number), counted('8600000012377')],
        cards: [{ ...card, number: '8600000012377', uscc: otherEnterprise.uscc }],
      },
    },
    { documents: set('add-operator'), context: { enclosed: [] } },
    { documents: set('add-operator'), context: { enclosed: [], cards: [{ ...card, number: '8600000012345', kind: 'legal' }] } },
    {
      documents: set('add-operator'),
      context: { enclosed: [counted('8600000012388')], cards: [{ ...card, number: '8600000012345', kind: 'legal' }] },
    },
    { documents: set('deregister'), context: { enclosed: [counted('8600000012345')] } },
    { documents: spoilCancellation(), context: { enclosed: [counted('8600000012345')] } },
  ],
  'refused-parcels': [{ documents: set('renew'), context: { refusedParcels: [{ number: '1151238971060', because: '由顺丰承运' }] } }],
  'wrong-total': [
    { documents: spoil(set('reader'), 'payment-proof', { items: [{ name: '读卡器', quantity: 1, price: '95.00' }], total: '65.00' }) },
  ],
  'wrong-goods': [
    { documents: spoil(set('replace-legal'), 'payment-proof', { items: [{ name: '智能IC卡-操作员', quantity: 1, price: null }] }) },
    { documents: spoil(set('add-operator'), 'payment-proof', { items: [{ name: '智能IC卡-操作员', quantity: 3, price: null }] }) },
    { documents: spoil(set('add-operator'), 'payment-proof', { items: doubtful(null, 0) }) },
    { documents: spoil(set('add-operator'), 'payment-proof', { items: [{ name: '智能IC卡-操作员', quantity: null, price: null }] }) },
    {
      documents: [
        ...spoil(set('replace-operator'), 'payment-proof', { items: [{ name: '智能IC卡-操作员', quantity: 2, price: null }] }),
        identity(stranger),
      ],
    },
    {
      documents: [
        ...spoil(set('add-operator'), 'payment-proof', { items: [{ name: '智能IC卡-操作员', quantity: 2, price: null }] }),
        identity(stranger),
      ],
    },
    { documents: spoil(set('replace-legal'), 'registration-form', { services: doubtful(['replace-operator']) }) },
    {
      documents: [
        ...spoil(set('add-operator'), 'registration-form', { services: ['add-operator', 'replace-operator'] }),
        identity(stranger),
      ],
    },
  ],
  'wrong-place': [
    { documents: spoil(set('reader'), 'payment-proof', { branch: '天津分中心' }) },
    { documents: spoil(set('reader'), 'payment-proof', { pickupMethod: '厂家邮寄' }) },
    { documents: spoil(set('add-operator'), 'payment-proof', { pickupMethod: '厂家邮寄' }) },
    { documents: spoil(set('reader'), 'payment-proof', { branch: doubtful(null, 0) }) },
  ],
  'wrong-state': [
    { documents: spoil(set('reader'), 'payment-proof', { orderStatus: '待退款' }) },
    { documents: spoil(set('reader'), 'payment-proof', { orderStatus: '待认证' }) },
    { documents: spoil(set('reader'), 'payment-proof', { orderStatus: '订单完成' }) },
    { documents: spoil(set('reader'), 'payment-proof', { orderStatus: doubtful(null, 0) }) },
  ],
  'changed-values': [
    {
      documents: spoil(set('renew'), 'registration-form', {
        handlerPhone: { ...doubtful('13806001234'), printed: '13806995678', evidence: ['differs-from-code'] },
      }),
    },
    {
      documents: spoil(set('renew'), 'registration-form', {
        recipientName: { ...doubtful(handler.name), printed: handler.name, evidence: ['barcode', 'print-unclear'] },
      }),
    },
  ],
  'other-branch': [
    { documents: set('renew').map((document, at) => (at === 0 ? { ...document, branch: '福州' } : document)) },
    { documents: set('renew').map((document, at) => (at === 0 ? { ...document, branch: '江门' } : document)) },
    { documents: set('reader').map((document) => (document.kind === 'authorization-letter' ? { ...document, branch: '青岛' } : document)) },
  ],
  'strange-codes': [{ documents: set('renew').map((document, at) => (at === 0 ? { ...document, strangeCode: 'card-form' } : document)) }],
  'wrong-order-time': [
    { documents: spoil(set('reader'), 'payment-proof', { orderNumber: 'NF20261231101530123' }) },
    { documents: spoil(set('reader'), 'payment-proof', { orderTime: '2026-10-17 10:15:30' }) },
    { documents: spoil(set('reader'), 'payment-proof', { orderNumber: 'NF20241117101530123', orderTime: '2024-11-17 10:15:30' }) },
  ],
  'used-order': [
    {
      documents: set('reader'),
      context: { usedOrders: [{ orderNumber: 'NF20261117101530123', applicationNumber: 'XM20261118-0002', sameRequest: false }] },
    },
  ],
}
