/** Invented people and enterprises. Every name is made of common parts by chance; none is taken from anywhere. */
import { inventIdNumber, inventLandline, inventMobile, inventUscc } from './invent-identifiers.ts'
import type { Random } from './random.ts'

export interface Person {
  readonly name: string
  readonly sex: '男' | '女'
  readonly ethnicity: string
  readonly birthDate: string
  readonly idNumber: string
  readonly idAddress: string
  readonly issuer: string
  readonly idFrom: string
  /** `YYYY-MM-DD` or `长期`. */
  readonly idTo: string
  readonly mobile: string
  readonly education: string
}

export interface Enterprise {
  readonly kind: 'company' | 'sole-trader' | 'branch'
  readonly name: string
  readonly uscc: string
  readonly address: string
  readonly type: string
  readonly capital: string
  readonly established: string
  /** As printed, without blanks, or `长期`. */
  readonly term: string
  readonly scope: string
  readonly landline: string
  readonly registrar: string
  /** The number on the bottom of its seal, 13 digits. */
  readonly sealNumber: string
}

const surnames = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严洪欧阳',
).filter((char) => char !== '欧' && char !== '阳')
const longSurnames = ['欧阳', '上官', '司马', '诸葛']
const maleGiven = Array.from(
  '伟强磊军勇涛斌辉刚健明亮建平志文国华海波鹏飞浩宇俊杰峰超龙振东旭晨博轩子豪嘉泽鸿煜翔毅恒瑞荣昌坤霖彬炜铭锋凯栋梁柏桦楠樟渊源洲涵润澄瀚灏焕煌熙琛瑜璋畅皓睿祥祺禹程穆立端竣笙策纬绍继维羽翰耀聪胜腾舟艺若茂荫蔚融行衡谦豫贤赫跃辰远逸邦郁钊钧铎锐锦镇闻阔霄靖韬顺颂飙骁骏骥魁鸣麒麟',
)
const femaleGiven = Array.from(
  '芳娜敏静丽艳娟霞秀兰玲燕萍红梅莉英慧琳雪婷欣怡佳颖诗涵雨桐梦洁悦思琪晓婉清淑惠珍碧蓉瑶馨薇冰凤卉含媛嫣嫦宁宛宜小岚巧巧幼彤微怀恬恺意慈懿晗晴暄曦月朵杏枝柔柳栀桃楚樱歆毓沁沐泓洋洛淇湘滢漪潇澜灵烟熠爽珊珂珠琦琬琰琼瑛瑾璇璐甜画白盈眉真睿知秋稚竹笑筠紫纤绮绣缦美翠翩舒芊芙芝芬苑苒茉茗茜荷莎莘莲莹菁菡萌萱葵蓓蓝蕊蕾薏藤虹蝶衣裳觅言诺谊谧贝贞越轻辛迎遥邈采钰铃铛银锦闲阳阿陌雁雅雯霏霜露青韵音顾颜飞香馥驰鸾鹂鹭黎黛',
)
const ethnicities = ['汉', '汉', '汉', '汉', '汉', '汉', '汉', '汉', '回', '畲', '满', '壮', '土家']

const regions = [
  {
    code: '350203',
    city: '厦门市',
    district: '思明区',
    province: '福建省',
    roads: ['湖滨南路', '厦禾路', '莲前东路', '鹭江道', '会展路', '吕岭路', '台东路'],
  },
  {
    code: '350206',
    city: '厦门市',
    district: '湖里区',
    province: '福建省',
    roads: ['象兴四路', '高崎南五路', '枋湖北二路', '嘉禾路', '港中路', '火炬路', '金山路'],
  },
  {
    code: '350205',
    city: '厦门市',
    district: '海沧区',
    province: '福建省',
    roads: ['沧湖东一路', '新阳路', '翁角路', '海沧大道', '钟林路', '建港路'],
  },
  {
    code: '350211',
    city: '厦门市',
    district: '集美区',
    province: '福建省',
    roads: ['杏林湾路', '灌口大道', '乐海路', '集源路', '日东一路'],
  },
  {
    code: '350212',
    city: '厦门市',
    district: '同安区',
    province: '福建省',
    roads: ['同集北路', '美禾九路', '湖里工业园环城路', '祥平西路', '西柯一里路'],
  },
  {
    code: '350213',
    city: '厦门市',
    district: '翔安区',
    province: '福建省',
    roads: ['翔虹路', '舫山北二路', '马巷西路', '巷北路', '新店路'],
  },
] as const
const homeRegions = [
  ...regions.map(({ code, province, city, district }) => ({
    code,
    text: `${province}${city}${district}`,
    issuer: `厦门市公安局${district.replace('区', '')}分局`,
  })),
  { code: '350521', text: '福建省泉州市惠安县', issuer: '惠安县公安局' },
  { code: '350681', text: '福建省漳州市龙海区', issuer: '漳州市公安局龙海分局' },
  { code: '360121', text: '江西省南昌市南昌县', issuer: '南昌县公安局' },
  { code: '411521', text: '河南省信阳市罗山县', issuer: '罗山县公安局' },
  { code: '350102', text: '福建省福州市鼓楼区', issuer: '福州市公安局鼓楼分局' },
  { code: '350302', text: '福建省莆田市城厢区', issuer: '莆田市公安局城厢分局' },
  { code: '350429', text: '福建省三明市泰宁县', issuer: '泰宁县公安局' },
  { code: '440305', text: '广东省深圳市南山区', issuer: '深圳市公安局南山分局' },
  { code: '330302', text: '浙江省温州市鹿城区', issuer: '温州市公安局鹿城分局' },
  { code: '420106', text: '湖北省武汉市武昌区', issuer: '武汉市公安局武昌区分局' },
  { code: '230102', text: '黑龙江省哈尔滨市道里区', issuer: '哈尔滨市公安局道里分局' },
  { code: '510107', text: '四川省成都市武侯区', issuer: '成都市公安局武侯分局' },
] as const

const brandHeads = Array.from(
  '鑫海宏恒瑞盛泰嘉鹭安联顺信达中远汇捷翔裕诚凯博亿丰旭聚润启明航通锦云普惠晟昊昱星晶森楚正永法洛浦淳渤溢潮炎煜熠特珀珑理瑾甲皇盈盾磐祥禾科立竣纵纽维罗美群翰腾至致舜良艾芯荣菲蓝行西贝赛超越路轩辰辉迅迈连逸都金钜钰铂铭锐闽阳雄雅霖青顶领颐风飞驰高鲲鸿鹏鼎龙',
)
const brandTails = Array.from(
  '源隆达昌通盈腾航泰和晟丰益荣兴邦捷凌锐晖洋舟帆誉川禾一佰保信力化升卓博合同固国坤基堡声大天奇好如宁安实宜宝富尔尚展嵘工巨平广庆康建强彩得德心思悦慧成扬拓文新方旭时明星春晨普景智曼本杰林林柏格桥楚欣正永沃沛泉泽洁浩海润淳渔湾溢漫潮澜火炬然特环瑞盛相真睿石硕磊福秀科立端竹米精约纳维美群翔翼耀联能至舜艺茂荷莱蓝行西诚诺贝贸超跃路轩辉远逸郎都金铭锋锦长闽阳雅雄霖青顺颐飞驰骏高鸿鹏麦龙',
)
const trades = [
  ['进出口', '货物进出口；技术进出口；进出口代理；国内贸易代理；五金产品批发；日用百货销售。'],
  ['国际货运代理', '国际货物运输代理；国内货物运输代理；报关业务；报检业务；装卸搬运；仓储服务（不含危险化学品）。'],
  ['供应链管理', '供应链管理服务；普通货物仓储服务；国际货物运输代理；货物进出口；信息技术咨询服务。'],
  ['报关服务', '报关业务；报检业务；国际货物运输代理；单证代理服务；贸易经纪。'],
  ['电子科技', '电子元器件制造；集成电路销售；软件开发；货物进出口；技术服务、技术开发、技术咨询。'],
  ['石材', '建筑用石加工；建筑材料销售；石灰和石膏销售；货物进出口；工艺美术品及收藏品零售。'],
  ['冷链物流', '低温仓储；道路货物运输站经营；水产品批发；食用农产品批发；货物进出口。'],
  ['服饰', '服装制造；服饰研发；针纺织品销售；鞋帽批发；货物进出口；互联网销售。'],
  ['机电设备', '机械设备销售；电气设备修理；模具制造；货物进出口；技术进出口。'],
  ['跨境电子商务', '互联网销售；贸易代理；货物进出口；包装服务；报关业务；国际货物运输代理。'],
  ['新材料科技', '新材料技术研发；塑料制品销售；化工产品销售（不含许可类化工产品）；货物进出口。'],
  ['医疗器械', '第一类医疗器械销售；第二类医疗器械销售；技术进出口；货物进出口。'],
  ['汽车零部件', '汽车零配件批发；汽车装饰用品销售；模具销售；货物进出口。'],
  ['茶业', '食用农产品批发；茶具销售；包装材料及制品销售；货物进出口。'],
  ['体育用品', '体育用品及器材批发；体育用品及器材零售；鞋帽批发；货物进出口。'],
  ['光电科技', '光电子器件制造；照明器具销售；半导体照明器件销售；货物进出口。'],
  ['家居用品', '家居用品销售；日用杂品销售；竹木制品销售；货物进出口；互联网销售。'],
  ['投资管理', '以自有资金从事投资活动；企业管理咨询；货物进出口；贸易经纪。'],
  ['食品', '食品销售（仅销售预包装食品）；食用农产品零售；水产品批发；货物进出口。'],
  ['船务', '国际船舶代理；国内船舶代理；船舶租赁；无船承运业务；港口理货。'],
] as const
const capitals = [
  '伍拾万元整',
  '壹佰万元整',
  '贰佰万元整',
  '叁佰万元整',
  '伍佰万元整',
  '捌佰万元整',
  '壹仟万元整',
  '壹仟贰佰万元整',
  '伍仟万元整',
  '捌佰捌拾捌万元整',
  '贰佰万美元',
]

/** Adds years, months and days to `YYYY-MM-DD`. */
export function shiftDate(date: string, years: number, months = 0, days = 0): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year + years, month - 1 + months, day + days)).toISOString().slice(0, 10)
}

export function chineseDate(date: string): string {
  const [year, month, day] = date.split('-')
  return `${year}年${month}月${day}日`
}

function dateBetween(random: Random, first: string, last: string): string {
  const from = Date.parse(first)
  return new Date(from + Math.floor(random.next() * ((Date.parse(last) - from) / 86400000)) * 86400000).toISOString().slice(0, 10)
}

/** `today` decides that the identity card is valid: issued before it, running out at least a month after it. */
export function inventPerson(random: Random, today: string): Person {
  const sex = random.chance(0.55) ? '男' : '女'
  const given = sex === '男' ? maleGiven : femaleGiven
  const surname = random.chance(0.03) ? random.pick(longSurnames) : random.pick(surnames)
  const name = surname + random.sample(given, random.chance(0.25) ? 1 : 2).join('')
  const birthDate = dateBetween(random, '1964-01-01', '2003-12-31')
  const home = random.pick(homeRegions)
  const age = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  const years = age > 48 && random.chance(0.6) ? null : age > 30 ? 20 : 10
  const idFrom =
    years === 10
      ? dateBetween(random, shiftDate(today, -9), shiftDate(today, -1))
      : dateBetween(random, shiftDate(today, years === null ? -3 : -17), shiftDate(today, -1))
  const road = random.pick([
    '中山路',
    '湖滨东路',
    '文塔路',
    '丰泽街',
    '胜利西路',
    '解放大道',
    '滨江路',
    '学府路',
    '青年路',
    '龙腾花园',
    '禾祥西路',
    '霞溪路',
    '鹤山村',
    '下洋村',
    '人民路',
    '建设街',
    '文园路',
    '东渡路',
    '湖边里',
    '后埔社',
    '塘边社',
    '和平巷',
    '新华街',
  ])
  return {
    name,
    sex,
    ethnicity: random.pick(ethnicities),
    birthDate,
    idNumber: inventIdNumber(random, home.code, birthDate, sex, random.chance(0.12)),
    idAddress: `${home.text}${road}${random.whole(1, 398)}号${random.chance(0.7) ? `${random.whole(1, 18)}${random.chance(0.5) ? '栋' : '号楼'}` : ''}${random.chance(0.8) ? `${random.whole(1, 32)}0${random.whole(1, 6)}室` : ''}`,
    issuer: home.issuer,
    idFrom,
    idTo: years === null ? '长期' : shiftDate(idFrom, years),
    mobile: inventMobile(random),
    education: random.pick(['本科', '大专', '硕士研究生', '中专', '高中', '大学本科']),
  }
}

export function inventEnterprise(random: Random, today: string): Enterprise {
  const region = random.pick(regions)
  const brand = random.pick(brandHeads) + random.pick(brandTails) + (random.chance(0.2) ? random.pick(brandTails) : '')
  const [trade, scope] = random.pick(trades)
  const kind = random.chance(0.78) ? 'company' : random.chance(0.5) ? 'sole-trader' : 'branch'
  const established = dateBetween(random, '2003-03-01', shiftDate(today, -1))
  const house = `${region.roads[random.whole(0, region.roads.length - 1)]}${random.whole(1, 688)}号`
  const room = random.pick([
    `${random.whole(1, 30)}0${random.whole(1, 9)}室`,
    `${random.whole(2, 9)}号楼${random.whole(1, 12)}层${random.pick(['A', 'B', 'C'])}单元`,
    `之${random.pick(['一', '二', '三', '六'])}`,
    `${random.pick(['象屿', '海翔', '火炬', '自贸'])}大厦${random.whole(3, 28)}楼${random.pick(['A', 'B', 'C', 'D'])}${random.whole(1, 12)}区`,
    `${random.whole(1, 6)}${random.digits(2)}单元`,
  ])
  const years = random.pick([20, 30, 50, 0, 0])
  const city = random.pick(['厦门', '厦门', '厦门市', '厦门自贸区', '福建'])
  const company = random.chance(0.1)
    ? `${brand}（厦门）${trade}有限公司`
    : `${city}${brand}${trade}${random.chance(0.12) ? '股份有限公司' : random.chance(0.05) ? '有限责任公司' : '有限公司'}`
  const name =
    kind === 'company'
      ? company
      : kind === 'branch'
        ? `${random.pick(['福州', '上海', '深圳', '泉州'])}${brand}${trade}有限公司厦门${random.pick(['', '湖里', '海沧'])}分公司`
        : `厦门市${region.district}${brand}${random.pick(['石材经营部', '贸易商行', '食品商行', '工艺品店', '水产经营部', '五金经营部'])}`
  return {
    kind,
    name,
    uscc: inventUscc(random, kind === 'sole-trader' ? '92' : '91', region.code),
    address: `${random.chance(0.45) ? region.province : ''}${region.city}${region.district}${house}${room}`,
    type:
      kind === 'sole-trader'
        ? '个体工商户'
        : kind === 'branch'
          ? '有限责任公司分公司（自然人投资或控股）'
          : name.includes('股份')
            ? '股份有限公司（非上市、自然人投资或控股）'
            : random.pick([
                '有限责任公司（自然人投资或控股）',
                '有限责任公司（自然人独资）',
                '有限责任公司（台港澳法人独资）',
                '有限责任公司（非自然人投资或控股的法人独资）',
                '其他有限责任公司',
              ]),
    capital: random.pick(capitals),
    established,
    term: years === 0 ? '长期' : `${chineseDate(established)}至${chineseDate(endOfTerm(established, years, today))}`,
    scope,
    landline: inventLandline(random),
    registrar: `厦门市${region.district}市场监督管理局`,
    sealNumber: region.code + random.digits(7),
  }
}

/** Renewed as often as it ran out: a sound set carries a licence in force. */
function endOfTerm(established: string, years: number, today: string): string {
  const end = shiftDate(established, years, 0, -1)
  return end > today ? end : endOfTerm(established, years + 10, today)
}
