/**
 * The papers (材料) that the guide knows and the fields that each carries.
 * Names and order are those of the command-line contract; every stage speaks of papers in these words.
 */

/** The kinds of paper; `unknown` is anything else. */
export const documentKinds = [
  'registration-form',
  'card-form',
  'change-request',
  'cancellation-request',
  'authorization-letter',
  'business-licence',
  'identity-document',
  'payment-proof',
  'unknown',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** What a clerk calls each kind of paper. */
export const documentTitles: Record<DocumentKind, string> = {
  'registration-form': '制卡业务受理登记表',
  'card-form': '电子口岸卡登记表',
  'change-request': '业务变更申请表',
  'cancellation-request': '企业注销申请表',
  'authorization-letter': '授权委托书',
  'business-licence': '营业执照',
  'identity-document': '身份证件',
  'payment-proof': '安全产品支付页面截图',
  unknown: '无法识别的材料',
}

/**
 * How a value is written once it is canonical. `date` is `YYYY-MM-DD`, `phone` digits only (`-` before an extension),
 * `uscc`, `id-number` and `card-number` capitals without blanks, `list` an array of strings, `items` an array of
 * `{ name, quantity, price }`, `text` without inner blanks.
 */
export type FieldType =
  | 'text'
  | 'name'
  | 'date'
  | 'date-or-forever'
  | 'phone'
  | 'uscc'
  | 'id-number'
  | 'card-number'
  | 'sex'
  | 'services'
  | 'delivery'
  | 'list'
  | 'items'
  | 'money'

export interface FieldDefinition {
  readonly name: string
  readonly type: FieldType
  /** What a clerk calls it, as printed on the office's form. */
  readonly label: string
}

const holder = (prefix: 'legal' | 'operator'): FieldDefinition[] =>
  (
    [
      ['holderName', 'name', '持卡人姓名'],
      ['sex', 'sex', '性别'],
      ['education', 'text', '学历'],
      ['idType', 'text', '证件类别'],
      ['idNumber', 'id-number', '证件号码'],
      ['birthDate', 'date', '出生日期'],
      ['nationality', 'text', '国籍（地区）'],
      ['position', 'text', '职务'],
      ['address', 'text', '用户地址'],
      ['phone', 'phone', '联系电话'],
      ['fax', 'phone', '传真'],
    ] as const
  ).map(([name, type, label]) => ({
    name: `${prefix}.${name}`,
    type,
    label: `${prefix === 'legal' ? '法人卡' : '操作员卡'}${label}`,
  }))

const field = (name: string, type: FieldType, label: string): FieldDefinition => ({ name, type, label })

/** Every field of every kind of paper, in the order of the paper. */
export const documentFields: Record<DocumentKind, readonly FieldDefinition[]> = {
  'registration-form': [
    field('applicationDate', 'date', '申办日期'),
    field('enterpriseName', 'name', '企业名称'),
    field('uscc', 'uscc', '统一社会信用代码'),
    field('handlerName', 'name', '经办人'),
    field('handlerPhone', 'phone', '联系电话'),
    field('services', 'services', '业务类别'),
    field('cardNumber', 'card-number', '卡号'),
    field('deliveryMethod', 'delivery', '领卡方式'),
    field('recipientAddress', 'text', '收件地址'),
    field('recipientName', 'name', '收件人'),
    field('recipientPhone', 'phone', '收件人联系电话'),
  ],
  'card-form': [...holder('legal'), ...holder('operator'), field('signedDate', 'date', '签章日期')],
  'change-request': [
    field('enterpriseName', 'name', '公司名称'),
    field('uscc', 'uscc', '统一社会信用代码'),
    field('contactName', 'name', '联系人'),
    field('contactPhone', 'phone', '联系电话'),
    field('changes', 'text', '变更内容'),
    field('remarks', 'text', '备注'),
    field('signedDate', 'date', '签章日期'),
  ],
  'cancellation-request': [
    field('enterpriseName', 'name', '公司名称'),
    field('uscc', 'uscc', '统一社会信用代码'),
    field('handlerName', 'name', '经办人'),
    field('handlerPhone', 'phone', '联系电话'),
    field('legalCardNumber', 'card-number', '电子口岸法人卡号'),
    field('operatorCardNumbers', 'list', '电子口岸操作员卡号'),
    field('applicationDate', 'date', '办理日期'),
  ],
  'authorization-letter': [
    field('recipientAddress', 'text', '收件地址'),
    field('recipientName', 'name', '收件人'),
    field('recipientPhone', 'phone', '联系电话'),
    field('enterpriseName', 'name', '公司名称'),
    field('legalName', 'name', '法人姓名'),
    field('legalPhone', 'phone', '法人电话'),
    field('signedDate', 'date', '签署日期'),
  ],
  'business-licence': [
    field('enterpriseName', 'name', '名称'),
    field('uscc', 'uscc', '统一社会信用代码'),
    field('legalName', 'name', '法定代表人'),
    field('address', 'text', '住所'),
    field('enterpriseType', 'text', '类型'),
    field('registeredCapital', 'text', '注册资本'),
    field('establishedDate', 'date', '成立日期'),
    field('businessTerm', 'text', '营业期限'),
  ],
  'identity-document': [
    field('idType', 'text', '证件类别'),
    field('name', 'name', '姓名'),
    field('sex', 'sex', '性别'),
    field('ethnicity', 'text', '民族'),
    field('birthDate', 'date', '出生'),
    field('address', 'text', '住址'),
    field('idNumber', 'id-number', '公民身份号码'),
    field('issuer', 'text', '签发机关'),
    field('validFrom', 'date', '有效期起'),
    field('validTo', 'date-or-forever', '有效期止'),
  ],
  'payment-proof': [
    field('orderNumber', 'text', '订单号'),
    field('orderTime', 'text', '订单时间'),
    field('orderStatus', 'text', '订单状态'),
    field('branch', 'text', '关区'),
    field('pickupMethod', 'text', '取货方式'),
    field('items', 'items', '商品'),
    field('total', 'money', '总金额'),
    field('invoiceTitle', 'name', '发票抬头'),
    field('taxpayerId', 'uscc', '纳税人识别号'),
    field('receiverName', 'name', '签收人姓名'),
    field('receiverPhone', 'phone', '签收人手机号'),
  ],
  unknown: [],
}

/** The services of the guide (业务), by code; chapter numbers are the guide's. */
export const serviceTitles = {
  'enrol-online': '新用户入网（无纸化）',
  enrol: '新用户入网（非无纸化）',
  'change-enterprise': '企业基本信息变更',
  'change-operator': '企业操作员卡变更',
  'add-operator': '增办操作员卡',
  'replace-legal': '补卡（法人卡）',
  'replace-operator': '补卡（操作员卡）',
  renew: '电子口岸卡证书更新',
  unlock: '电子口岸卡解锁',
  reader: '自购读卡器领取',
  deregister: '企业注销',
} as const
export type ServiceCode = keyof typeof serviceTitles
export const serviceCodes = Object.keys(serviceTitles) as ServiceCode[]
