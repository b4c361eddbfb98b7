/** Names, addresses and other words: no blanks, Chinese punctuation between Chinese words, printed rules and dots off the ends. */

const edge = /^[\s:;.,、。·_\-—~'"“”‘’|/\\=+*^`()[\]{}<>《》¥$#@!?]+|[\s:;,、·_\-—~'"“”‘’|/\\=+*^`[\]{}<>《》$#@!?]+$/gu

const full: Record<string, string> = { '(': '（', ')': '）', ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' }

const cjk = /[\p{Script=Han}。，；：、（）“”]/u

/** Half-width punctuation becomes Chinese where a Chinese character stands beside it or inside the brackets. */
export function chinesePunctuation(text: string): string {
  let result = text
  if (/\p{Script=Han}/u.test(text)) result = result.replace(/\(([^()]*)\)/gu, '（$1）')
  const letters = Array.from(result)
  return letters
    .map((character, at) => {
      const wide = full[character]
      if (!wide) return character
      const before = letters[at - 1] ?? ''
      const after = letters[at + 1] ?? ''
      // A colon or comma between digits (a time, a number) stays as it is.
      if (/\d/u.test(before) && /\d/u.test(after)) return character
      return cjk.test(before) || cjk.test(after) ? wide : character
    })
    .join('')
}

/** Punctuation and rules off both ends; a closing bracket stays with its opening one. */
export function trimEdges(text: string): string {
  let trimmed = closeQuotes(text.replace(edge, ''))
  const opens = (trimmed.match(/[(（]/gu) ?? []).length
  const closes = (trimmed.match(/[)）]/gu) ?? []).length
  if (closes > opens) trimmed = trimmed.replace(/[)）]+$/u, '')
  if (opens > closes) trimmed = trimmed.startsWith('(') ? trimmed.slice(1) : `${trimmed})`
  return trimmed
}

/** A quotation at the very end keeps its mark. */
function closeQuotes(text: string): string {
  const opens = (text.match(/“/gu) ?? []).length
  const closes = (text.match(/”/gu) ?? []).length
  const plain = (text.match(/"/gu) ?? []).length
  return opens + closes + plain > 0 && (opens + closes + plain) % 2 === 1 && closes <= opens ? `${text}”` : text
}

export function normaliseText(text: string): string | null {
  const trimmed = trimEdges(mendStrokes(text.replace(/_{1,}/gu, '').replaceAll(/\s/gu, '')))
  return /[\p{L}\p{N}]/u.test(trimmed) ? chinesePunctuation(trimmed) : null
}

/** A hand's 1 before 栋 or 号 looks like a bracket that is never closed; specks beside Chinese words look like points. */
function mendStrokes(text: string): string {
  const whole = /[)）]/u.test(text) ? text : text.replace(/[(|/丨](?=\d*[号栋幢座楼层室单])/gu, '1')
  // Between Chinese words a stroke is 一; a dash stands between numbers.
  return (
    whole
      .replace(/(?<=\p{Script=Han})[-_](?=\p{Script=Han})|(?<=之)[-_~]+(?=\d|$)/gu, '一')
      // A comma between the words of a list looks like the stroke that is a character of its own.
      .replace(/(?<=[\p{Script=Han})）])丶(?=\p{Script=Han})/gu, '、')
      // Before the number of an item a sentence ends.
      .replace(/(?<=\p{Script=Han}|[)）])[:：](?=[2-9][.、．]\p{Script=Han})/gu, '；')
      .replace(/(?<=[\p{Script=Han})）])\.(?=[\p{Script=Han}(（])|(?<=[\p{Script=Han})）\d])\.$/gu, '')
  )
}

/** The name of a person or an enterprise: a dot inside a name stays, a note such as （签字） goes. */
export function normaliseName(text: string): string | null {
  const plain = normaliseText(text.replace(/\((?:签字|签名|盖章|公章|手写|印章|签章)\)/gu, ''))
  return plain === null ? null : withoutNeighbours(plain.replace(/[.。]+$/u, ''))
}

/** A credit code, a telephone number, the words of a seal or the begin of the next label that stand so near that they were read on. */
function withoutNeighbours(name: string): string {
  const own = name.replace(/(?<=\p{Script=Han}|[)）])(?:[:：]?[0-9A-Z]{15,20}|[:：]?1[3-9]\d{9}|\d{7,12})$/u, '')
  // What stands below the star of a seal beside it: 合同专用章, however little of it was read.
  const unsealed = own.replace(/(?<=公司)\p{Script=Han}{0,5}(?:专用|[专用])章$/u, '')
  return unsealed.replace(
    /(?<=.{2,}有限(?:责任)?公司)(?:统一社会.{0,4}|\*?.?税人.{0,4}|统一?社?会?|社会?|注册?|(?:信用)?代码|[信联法经])$/u,
    '',
  )
}

const organisation = /(公司|厂|店|行|部|社|中心|院|所|企业|集团|合伙|办事处|经营|工作室|协会|商会)/u

/** Looks like one person's name: two to four Chinese characters, more around a dot, or Latin letters. */
export const isPersonName = (text: string): boolean =>
  !organisation.test(text) &&
  (/^\p{Script=Han}{2,4}$/u.test(text) || /^\p{Script=Han}+(·\p{Script=Han}+)+$/u.test(text) || /^[A-Z][A-Z .,-]+$/iu.test(text))

const educations =
  '博士研究生 博士 硕士研究生 硕士 研究生 大学本科 本科 大学 大学专科 大专 专科 高中 中专 中技 职高 技校 初中 小学 高职 中职 学士'
const nationalities =
  '中国 中国大陆 中国香港 中国澳门 中国台湾 香港 澳门 台湾 美国 英国 日本 韩国 新加坡 马来西亚 菲律宾 印度尼西亚 泰国 德国 法国 加拿大 澳大利亚 意大利 西班牙 俄罗斯 印度 越南'
const idTypes =
  '居民身份证 身份证 二代身份证 中华人民共和国居民身份证 护照 港澳居民来往内地通行证 台湾居民来往大陆通行证 港澳居民居住证 台湾居民居住证 港澳台居民居住证 外国人永久居留身份证 军官证'
const positions =
  '法定代表人 法人 法人代表 董事长 总经理 副总经理 经理 执行董事 董事 监事 负责人 经营者 报关员 操作员 业务员 关务 关务专员 关务主管 关务经理 单证员 单证 财务 财务经理 会计 出纳 文员 职员 主管 外贸主管 业务主管 业务经理 行政 行政专员 跟单员 物流专员 物流主管 采购 助理 员工 报关经理 报关主管 报关专员 单证主管 外贸经理 仓管 司机 工程师 技术员 副经理 经营负责人 总裁'
const ethnicities =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'
const pickups = '关区取货 厂家邮寄 厂家邮寄(顺丰到付) 窗口自取 邮寄'
const statuses = '待支付 待认证 待开票 待退款 完成订单 订单完成 待提货 已提货 已完成 已支付 支付成功 待发货 已发货 已取消 已退款 退款中'

const dictionaries: Record<string, ReadonlySet<string>> = {
  education: new Set(educations.split(' ')),
  nationality: new Set(nationalities.split(' ')),
  idType: new Set(idTypes.split(' ')),
  position: new Set(positions.split(' ')),
  ethnicity: new Set(ethnicities.split(' ')),
  pickupMethod: new Set(pickups.split(' ')),
  orderStatus: new Set(statuses.split(' ')),
}

/** The closed list of words that a field's values come from, if there is one; `legal.position` is `position`. */
export const dictionaryOf = (field: string): ReadonlySet<string> | undefined => dictionaries[field.slice(field.indexOf('.') + 1)]

/** What the names of enterprises end with: one that ends otherwise goes on, or with another's words. */
const endOfEnterprise =
  /(?:公司|企业|集团|合伙[）)]?|合作社|联合社|个体|[厂行店部社所处站馆院会坊铺场园吧庄堂屋室城楼轩阁斋居舍苑]|中心|工作室|基地|代表处|办事处)(?:[（(][^（）()]{2,12}[）)])?$/u

/** Whether a text may be a whole name of an enterprise. */
export const endsAsEnterprise = (name: string): boolean => endOfEnterprise.test(name)

/** What a licence's 类型 says, before the brackets that tell of whose money it is (企业类型分类标准): no name of an enterprise is made so. */
const typeOfEnterprise =
  /^(?:其他|一人)?(?:有限责任公司|股份有限公司)(?:分公司)?(?:[（(].+)?$|^(?:(?:有限|普通|特殊普通)合伙(?:企业)?|个人独资企业|农民专业合作社)(?:联合社|分支机构|分公司)?(?:[（(].+)?$|^个体工商户$|^(?:全民|集体)所有制(?:分支机构)?(?:[（(].+)?$/u

export const isTypeOfEnterprise = (text: string): boolean => typeOfEnterprise.test(text)
