/** All rules by which papers are judged, in the order in which their findings are shown. `docs/rules.md` is made from this list. */
import type { Rule } from './case.ts'
import { collectedOrSent, differingAddresses, differingRecipients, vagueAddresses } from './judge-addresses.ts'
import { enrolledAlready, nothingToReplace, unfitCards } from './judge-card-states.ts'
import { otherBranch } from './judge-branch.ts'
import { differingChanges } from './judge-changes.ts'
import { lossyCardNumbers, operatorsWithCard, otherHolders, outdatedCards, unknownCards, unlistedCards } from './judge-cards.ts'
import { changedValues, strangeCodes } from './judge-codes.ts'
import { differingCodes, differingNames } from './judge-enterprise.ts'
import { emptyOrUnreadable, expiredIdentities, wrongDate, wrongIdNumber, wrongUscc } from './judge-fields.ts'
import { duplicateIdentities, duplicatePapers, missingIdentities, missingPapers, missingSides, unneededPapers } from './judge-papers.ts'
import { wrongPhone } from './judge-phones.ts'
import { usedOrder, wrongGoods, wrongOrderTime, wrongPlace, wrongState, wrongTotal } from './judge-payment.ts'
import {
  differingHandlers,
  differingLegalPersons,
  differingPersons,
  inconsistentPersons,
  legalPersonAsOperator,
  operatorsOnTwoForms,
} from './judge-people.ts'
import { differingPhones, expiredLicence, repeatedRequest, withdrawalAsked } from './judge-requests.ts'
import { copiedSeals } from './judge-copied-seals.ts'
import { differingCardNumbers } from './judge-copies.ts'
import { enclosedCards, refusedParcels } from './judge-enclosed.ts'
import { judgeSeals } from './judge-seals.ts'
import { severalServices, unclearService, unconfirmedAgreements } from './judge-service.ts'

export interface ListedRule {
  readonly name: string
  /** The codes that its findings can have. */
  readonly codes: readonly string[]
  /** What it looks for, in Chinese. */
  readonly title: string
  /** Of the guide, or the standard that it rests on. */
  readonly section: string
  readonly run: Rule
}

const rule = (name: string, codes: readonly string[], title: string, section: string, run: Rule): ListedRule => ({
  name,
  codes,
  title,
  section,
  run,
})

export const rules: readonly ListedRule[] = [
  rule('unclear-service', ['service-unclear'], '业务类别没有勾选或看不清', '附件1', unclearService),
  rule('several-services', ['several-services'], '一份登记表勾选多项业务', '附件1', severalServices),
  rule('unconfirmed-agreements', ['agreements-unconfirmed'], '三方协议尚未确认解除', '九2（1）', unconfirmedAgreements),
  rule('repeated-request', ['duplicate-request'], '同一事项已在办理', '（防止重复来件）', repeatedRequest),
  rule('withdrawal-asked', ['withdrawal-asked'], '来信要求撤回', '（申请人来信）', withdrawalAsked),
  rule('missing-papers', ['document-missing'], '缺少材料或份数不足', '各章1', missingPapers),
  rule('missing-identities', ['document-missing', 'person-mismatch'], '缺少身份证件复印件或是别人的', '各章1', missingIdentities),
  rule('missing-sides', ['document-missing'], '身份证件缺一面', '附件6（身份证正反面）', missingSides),
  rule('duplicate-papers', ['duplicate-document'], '同一种材料不止一份', '各章1', duplicatePapers),
  rule('duplicate-identities', ['duplicate-document'], '同一人的身份证件不止一份', '各章1', duplicateIdentities),
  rule('other-branch', ['other-branch'], '表格是别的分中心的，或授权委托书写给别的分中心', '附件1至5', otherBranch),
  rule('unneeded-papers', ['document-unneeded'], '本业务不需要或未能识别的材料', '各章1', unneededPapers),
  rule('seals', ['seal-missing', 'seal-mismatch', 'seal-uncertain'], '每份材料的单位公章', '各章1（请逐份加盖单位公章）', judgeSeals),
  rule('copied-seals', ['seal-copied'], '几份材料上的公章是同一图片', '各章1（请逐份加盖单位公章）', copiedSeals),
  rule('empty-fields', ['field-missing', 'field-unreadable'], '必填项没有填写或看不清', '各章2（如实填报表格信息）', emptyOrUnreadable),
  rule('changed-values', ['value-changed', 'field-unreadable'], '纸面与打印时二维码所载不一致', '各章2（如实填报表格信息）', changedValues),
  rule('strange-codes', ['code-mismatch'], '表上有别种表格的二维码', '各章1', strangeCodes),
  rule('wrong-uscc', ['invalid-uscc'], '统一社会信用代码的位数、字符、校验位', 'GB 32100', wrongUscc),
  rule('wrong-id-number', ['invalid-id-number'], '证件号码的格式、校验位、出生日期', 'GB 11643', wrongIdNumber),
  rule('wrong-phone', ['invalid-phone'], '电话号码能否拨通', '各章2', wrongPhone),
  rule('wrong-date', ['invalid-date'], '日期不存在、晚于今天或早于一年', '各章2', wrongDate),
  rule('expired-identities', ['id-expired'], '身份证件过期', '各章1', expiredIdentities),
  rule('expired-licence', ['licence-expired'], '营业执照的营业期限已过', '一、二1（1）', expiredLicence),
  rule('differing-names', ['name-mismatch'], '各份材料的企业名称不一致', '各章2', differingNames),
  rule('differing-codes', ['uscc-mismatch', 'invalid-uscc'], '各份材料的信用代码不一致', '各章2', differingCodes),
  rule('differing-persons', ['person-mismatch'], '表格与身份证件的姓名、号码、性别、出生日期不一致', '各章1', differingPersons),
  rule(
    'inconsistent-persons',
    ['person-mismatch'],
    '性别、出生日期、证件类别与同一份材料上的证件号码不符',
    'GB 11643',
    inconsistentPersons,
  ),
  rule('differing-legal-persons', ['person-mismatch'], '各份材料的法人不是同一人', '各章1', differingLegalPersons),
  rule('differing-changes', ['change-differs'], '变更申请表所写变更后的内容与营业执照不一致', '二1', differingChanges),
  rule('differing-handlers', ['person-mismatch'], '登记表与注销申请表的经办人不一致', '九1', differingHandlers),
  rule('differing-phones', ['phone-differs'], '同一经办人或法人的电话不一致', '各章2', differingPhones),
  rule('differing-recipients', ['recipient-differs'], '登记表与授权委托书的收件信息不一致', '邮寄领卡', differingRecipients),
  rule('collected-or-sent', ['delivery-doubtful'], '勾选窗口领卡又填写了收件地址', '领卡方式', collectedOrSent),
  rule('vague-addresses', ['address-incomplete'], '收件地址没有写到街道或门牌', '邮寄领卡（填写错误导致快递无法送达）', vagueAddresses),
  rule('differing-addresses', ['address-differs'], '收件地址、用户地址与营业执照住所、证件住址不同', '各章2', differingAddresses),
  rule('operators-on-two-forms', ['duplicate-operator'], '同一证件号码填了两份操作员登记表', '四1 注意事项（2）', operatorsOnTwoForms),
  rule('legal-person-as-operator', ['duplicate-operator'], '法人卡与操作员卡是同一持卡人', '附件2 备注', legalPersonAsOperator),
  rule('operators-with-card', ['duplicate-operator'], '操作员在本企业已有卡', '四1 注意事项（2）、附件2 备注', operatorsWithCard),
  rule('lossy-card-numbers', ['field-unreadable'], '卡号可能读漏数字，别处又没有这个卡号', '二、三、六、七、九1', lossyCardNumbers),
  rule('unknown-cards', ['card-unknown'], '卡号不在台账或不是本企业的', '二、三、六、七、九1', unknownCards),
  rule(
    'unfit-cards',
    ['card-void', 'card-lost', 'card-frozen', 'card-expired'],
    '卡已作废、挂失、冻结，或证书已过期而所办业务不能使其可用',
    '二、三、五、六、七、九（身份认证系统操作手册：挂失、冻结）',
    unfitCards,
  ),
  rule('enrolled-already', ['already-enrolled'], '申请新用户入网的企业已有法人卡', '一', enrolledAlready),
  rule('nothing-to-replace', ['card-unknown', 'card-holder-mismatch'], '要补的卡不在台账或不是所附证件上的人的', '五', nothingToReplace),
  rule('other-holders', ['card-holder-mismatch'], '卡的种类或持卡人与台账不符', '三1（1），六、七1（3），九1（4）', otherHolders),
  rule(
    'differing-card-numbers',
    ['card-number-differs'],
    '登记表与注销申请表各份所填卡号不一致，法人卡号也填作操作员卡号',
    '九1（2）（3）',
    differingCardNumbers,
  ),
  rule('unlisted-cards', ['card-unlisted'], '台账中本企业的卡没有列入注销申请表', '九1（1）（3）', unlistedCards),
  rule('outdated-cards', ['card-outdated'], '卡号以0开头的旧卡', '（旧卡须到窗口）', outdatedCards),
  rule('enclosed-cards', ['card-count-mismatch'], '邮包中的卡与应随附的卡不符', '二1（5）、三、四、六、七、九1（1）', enclosedCards),
  rule('refused-parcels', ['parcel-refused'], '寄来的邮包不是邮政特快或为到付', '各章2（只收邮政特快）', refusedParcels),
  rule(
    'wrong-goods',
    ['payment-mismatch', 'field-unreadable', 'document-missing'],
    '付款的商品和件数',
    '四2（1）、五2（1）、八',
    wrongGoods,
  ),
  rule('wrong-place', ['payment-mismatch', 'field-unreadable'], '付款的关区和取货方式', '四2（1）、五2（1）、八2（2）', wrongPlace),
  rule(
    'wrong-state',
    ['payment-mismatch', 'field-unreadable'],
    '订单未付款、未办妥、已退款或已完成',
    '四1（4）、五1（2）、八1',
    wrongState,
  ),
  rule('wrong-total', ['payment-mismatch'], '总金额与商品价格之和不符', '附件7', wrongTotal),
  rule('wrong-order-time', ['order-doubtful'], '订单号所含日期不存在、晚于今天、早于一年或与订单时间不符', '附件7', wrongOrderTime),
  rule('used-order', ['payment-reused'], '订单已用于别的申请', '附件7', usedOrder),
]
