/** Sets of papers of invented enterprises, sound or with a fault. */
import type { DrawnPaper } from './draw-page.ts'

const enterprise = { name: '厦门海润示例进出口有限公司', uscc: '91350206MA2XM00A2T' }
export const operator = { name: '林晓梅', sex: '女', idNumber: '350206198506150029', birthDate: '1985-06-15' }
const handler = { name: '陈志远', sex: '男', idNumber: '350203199001010018', birthDate: '1990-01-01' }

export interface Choice {
  readonly enterpriseName?: string
  readonly uscc?: string
  readonly doubtful?: readonly string[]
  readonly without?: readonly string[]
  /** The operator's day of birth, as the card form has it. */
  readonly bornOnForm?: string
  /** Tells apart payment orders, each of which counts once. */
  readonly order?: number
}

/** Everything that the guide asks for a new operator card (guide 四). */
export function addOperatorSet({
  enterpriseName = enterprise.name,
  uscc = enterprise.uscc,
  doubtful = [],
  without = [],
  bornOnForm = operator.birthDate,
  order = Number(uscc.replaceAll(/\D/gu, '')) % 1000,
}: Choice = {}): DrawnPaper[] {
  const seal = enterpriseName
  const papers: DrawnPaper[] = [
    {
      kind: 'registration-form',
      file: '扫描_01.jpg',
      seal,
      doubtful,
      values: {
        applicationDate: '2026-11-18',
        enterpriseName,
        uscc,
        handlerName: handler.name,
        handlerPhone: '13850012345',
        services: ['add-operator'],
        cardNumber: null,
        deliveryMethod: 'post',
        recipientAddress: '福建省厦门市湖里区东港北路29号港航大厦1203室',
        recipientName: handler.name,
        recipientPhone: '13850012345',
      },
    },
    {
      kind: 'card-form',
      file: '扫描_02.jpg',
      seal,
      values: {
        ...Object.fromEntries(
          ['holderName', 'sex', 'education', 'idType', 'idNumber', 'birthDate', 'nationality', 'position', 'address', 'phone', 'fax'].map(
            (name) => [`legal.${name}`, null],
          ),
        ),
        'operator.holderName': operator.name,
        'operator.sex': operator.sex,
        'operator.education': '本科',
        'operator.idType': '居民身份证',
        'operator.idNumber': operator.idNumber,
        'operator.birthDate': bornOnForm,
        'operator.nationality': '中国',
        'operator.position': '报关员',
        'operator.address': '福建省厦门市思明区湖滨南路388号',
        'operator.phone': '13950067890',
        'operator.fax': null,
        signedDate: '2026-11-18',
      },
    },
    identity('扫描_03.jpg', operator, seal),
    identity('扫描_04.jpg', handler, seal),
    {
      kind: 'payment-proof',
      file: '扫描_05.jpg',
      seal,
      values: {
        orderNumber: `NF20261117103015${String(order).padStart(3, '0')}`,
        orderTime: '2026-11-17 10:30:16',
        orderStatus: '待提货',
        branch: '厦门分中心',
        pickupMethod: '关区取货',
        items: [{ name: '智能IC卡-操作员卡', quantity: 1, price: '120.00' }],
        total: '120.00',
        invoiceTitle: enterpriseName,
        taxpayerId: uscc,
        receiverName: handler.name,
        receiverPhone: '13850012345',
      },
    },
  ]
  return papers.filter(({ file, kind }) => !without.includes(file) && !without.includes(kind))
}

function identity(file: string, person: typeof operator, seal: string): DrawnPaper {
  return {
    kind: 'identity-document',
    file,
    seal,
    values: {
      idType: '居民身份证',
      name: person.name,
      sex: person.sex,
      ethnicity: '汉',
      birthDate: person.birthDate,
      address: '福建省厦门市思明区湖滨南路388号',
      idNumber: person.idNumber,
      issuer: '厦门市公安局思明分局',
      validFrom: '2020-05-01',
      validTo: '2040-05-01',
    },
  }
}
