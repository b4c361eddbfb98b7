/**
 * The words of which names of enterprises are made, besides the one that is their own. No office enters 厦心市 or 有阴公司: a
 * letter misread within such a word tells no other name, as long as the word is a word only with the letter that it should have.
 */
import { divisions } from '../divisions.ts'

/** Provinces, prefectures, and the districts of Fujian, without what kind of place they are. */
const places = divisions
  .filter(({ code, until }) => until === null && (code.endsWith('00') || code.startsWith('35')))
  .map(({ name }) => name)
  .map((name) => name.replace(/(?:省|市|县|区|特别行政区|地区|盟|[^省市]*自治[区州县])$/u, ''))
  .filter((name) => name.length >= 2)

const kinds =
  '有限公司 有限 责任 股份 集团 分公司 总公司 公司 厂 合作社 专业合作社 事务所 经营部 商行 贸易行 商店 工作室 企业 合伙企业 有限合伙 中心 研究院 门市部 营业部 服务部 代表处 办事处 自贸区 自贸试验区 开发区 保税区 高新区'
const trades =
  '进出口 贸易 商贸 经贸 外贸 国际 国际贸易 货运 代理 货运代理 货代 物流 冷链 供应链 管理 报关 报检 服务 电子 电器 电气 电力 电商 电子商务 商务 跨境 科技 技术 信息 网络 软件 智能 通信 通讯 光电 机电 设备 机械 器械 器材 医疗 生物 医药 药业 药品 材料 新材料 能源 新能源 环保 环境 化工 化学 塑料 塑胶 塑业 橡胶 五金 建材 石材 木材 木业 石业 建筑 建设 工程 装饰 装修 家居 家具 家电 用品 日用 日用品 办公 体育 运动 服饰 服装 纺织 织造 鞋业 鞋服 箱包 工艺 工艺品 工业 礼品 玩具 食品 茶业 茶叶 水产 水果 农业 农产品 粮油 粮食 酒业 饮料 餐饮 汽车 零部件 配件 汽配 轮胎 航运 航空 船务 船舶 海运 运输 仓储 快递 投资 控股 实业 发展 文化 传媒 传播 广告 教育 咨询 资产 物业 旅游 旅行社 酒店 置业 地产 房地产 金属 钢铁 矿业 照明 灯饰 自动化 仪器 仪表 精密 模具 包装 印刷 纸业 珠宝 首饰 化妆品 美容 健康 园林 园艺 花卉 宠物 卫浴 厨具 陶瓷 玻璃 半导体 新型 制造 制品 加工 销售 营销 采购 租赁 维修 开发 研发 设计 策划 检测 认证 安防 安全 消防'

const known = new Set(`${kinds} ${trades}`.split(' '))
const knownPlaces = new Set(places)
/** Where in Xiamen enterprises are that do not name a district. */
const zones = new Set(
  '自贸区 自贸片区 自贸试验区 保税区 保税港区 开发区 高新区 象屿 象屿保税区 象屿保税港区 海沧保税区 海沧保税港区 综合保税区 火炬高新区'.split(
    ' ',
  ),
)
const longest = 6
/** Letters that are an enterprise's own name at least, after the place where it is. */
const ownLetters = 2

/** A word of a name: the letters from `from` up to, not including, `to`. */
export interface NameWord {
  readonly from: number
  readonly to: number
}

/**
 * For each letter of a name the word it stands in, the longest there is; null for the letters that are the name's own. Places
 * stand at its begin, in brackets and before a branch; what follows the first is its own, whatever else it may mean.
 */
export function wordsOf(name: string): (NameWord | null)[] {
  const spelt = Array.from(name.normalize('NFKC').replace(/\s/gu, ''))
  const letters = spelt.filter((letter) => !/[()]/u.test(letter))
  const found: (NameWord | null)[] = letters.map(() => null)
  const mark = (from: number, words: ReadonlySet<string>): number => {
    for (let to = Math.min(letters.length, from + longest); to > from + 1; to--)
      if (words.has(letters.slice(from, to).join(''))) {
        found.fill({ from, to }, from, to)
        return to
      }
    return from
  }
  // 厦门市思明区鑫海: only what kind of place it is tells that another may follow.
  const markPlaces = (from: number): number => {
    const to = mark(from, knownPlaces)
    if (to > from && /[省市区县]/u.test(letters[to] ?? '')) return markPlaces(to + 1)
    return mark(to, zones)
  }
  const own = markPlaces(0) + ownLetters
  spelt.forEach((letter, at) => {
    if (letter === '(') markPlaces(spelt.slice(0, at).filter((other) => !/[()]/u.test(other)).length)
  })
  for (let at = own; at < letters.length;) {
    const next = found[at]?.to ?? mark(at, known)
    at = next > at ? next : at + 1
    if (letters.slice(0, at).join('').endsWith('公司')) at = markPlaces(at)
  }
  return found
}

/** Whether a word would still be one with another letter in a place. */
export const isWord = (letters: readonly string[], { from, to }: NameWord, at: number, other: string): boolean => {
  const word = letters.with(at, other).slice(from, to).join('')
  return known.has(word) || knownPlaces.has(word) || zones.has(word)
}

/** Whether two letters are a place where an enterprise may be. */
export const isPlace = (letters: string): boolean => knownPlaces.has(letters)
