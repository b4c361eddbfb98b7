/**
 * Mends a misread character inside a word that every office knows: places, and the words that enterprises' names end with.
 * Only where the recogniser was in doubt, so that a clean reading stays what it is; a mended value proves nothing by itself.
 */
import type { Letter } from '../text/letters.ts'

/** Provinces and what lies in Fujian down to the district; other places down to the prefecture. */
const places =
  '北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 海南省 四川省 贵州省 云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区 西藏自治区 宁夏回族自治区 新疆维吾尔自治区 香港特别行政区 澳门特别行政区 ' +
  '厦门市 思明区 湖里区 集美区 海沧区 同安区 翔安区 福州市 鼓楼区 台江区 仓山区 马尾区 晋安区 长乐区 福清市 闽侯县 连江县 罗源县 闽清县 永泰县 平潭县 泉州市 鲤城区 丰泽区 洛江区 泉港区 石狮市 晋江市 南安市 惠安县 安溪县 永春县 德化县 漳州市 芗城区 龙文区 龙海区 长泰区 龙海市 云霄县 漳浦县 诏安县 东山县 南靖县 平和县 华安县 莆田市 城厢区 涵江区 荔城区 秀屿区 仙游县 三明市 龙岩市 新罗区 永定区 漳平市 上杭县 长汀县 武平县 连城县 南平市 延平区 建阳区 宁德市 蕉城区 福安市 福鼎市 霞浦县 ' +
  '广州市 深圳市 珠海市 汕头市 佛山市 东莞市 中山市 惠州市 湛江市 揭阳市 梅州市 潮州市 杭州市 宁波市 温州市 嘉兴市 湖州市 绍兴市 金华市 义乌市 衢州市 舟山市 台州市 丽水市 南京市 无锡市 徐州市 常州市 苏州市 南通市 连云港市 淮安市 盐城市 扬州市 镇江市 泰州市 宿迁市 合肥市 芜湖市 安庆市 阜阳市 六安市 南昌市 景德镇市 九江市 赣州市 吉安市 宜春市 抚州市 上饶市 济南市 青岛市 烟台市 潍坊市 临沂市 郑州市 洛阳市 南阳市 信阳市 周口市 商丘市 驻马店市 武汉市 宜昌市 襄阳市 荆州市 黄冈市 长沙市 株洲市 衡阳市 邵阳市 岳阳市 常德市 成都市 绵阳市 南充市 达州市 贵阳市 遵义市 昆明市 西安市 咸阳市 兰州市 沈阳市 大连市 长春市 哈尔滨市 石家庄市 唐山市 保定市 邯郸市 太原市 大同市 南宁市 柳州市 桂林市 海口市 三亚市 银川市 西宁市 乌鲁木齐市 浉河区 瀍河区 猇亭区 鄠邑区 浛洸镇 信阳市浉河区 浉河分局 瀍河分局 鄠邑分局 猇亭分局'
const names =
  '有限公司 有限责任公司 股份有限公司 分公司 集团有限公司 进出口 进出口贸易 供应链管理 国际贸易 国际物流 国际货运代理 货运代理 报关服务 报关行 贸易有限公司 物流有限公司 科技有限公司 实业有限公司 电子商务 机电设备 自贸区 自贸试验区 自由贸易试验区 经营部 合伙企业 个体工商户 有限合伙 公安局 公安分局 保税区 保税港区 开发区 工业区 软件园 高崎南五路 高崎北路 湖滨东路 湖滨西路 湖滨南路 湖滨北路 嘉禾路 仙岳路 吕岭路 厦禾路 莲前东路 莲前西路 环岛东路 环岛南路 鹭江道 会展路 云顶北路 云顶中路 云顶南路 象兴一路 象兴二路 象兴四路 海沧大道 滨湖北路 钟林路 杏前路 集美大道 乐海路 翔安南路 火炬东路 火炬北路 安岭路 岐山北路 金湖路 台南路 望海路 诚毅大街 软件园二期 软件园三期 观音山 五缘湾 枋湖路 枋湖南路 枋湖北路 枋湖北二路 火炬大厦 火炬园 火炬路 象屿大厦 海关大楼 国贸大厦 自贸大厦 大厦 厦门 深圳 法定代表人 变更为 经营范围 注册资本 企业名称 住所'

/** Roads, towns and villages of Xiamen that addresses name. */
const roads =
  '湖滨中路 白鹭洲路 禾祥西路 禾祥东路 斗西路 文园路 文屏路 文塔路 公园东路 公园西路 思明南路 思明北路 大同路 开元路 镇海路 民族路 成功大道 金尚路 金山路 金边路 枋钟路 湖里大道 兴隆路 华昌路 海天路 东渡路 长虹路 寨上西路 殿前路 机场南路 港中路 象屿路 长岸路 穆厝路 环岛干道 洪文路 洪莲路 莲岳路 莲花南路 莲花北路 龙山中路 古兴路 前埔中路 前埔南路 前埔北路 岭兜路 塔埔路 观日路 滨湖东路 兴港路 沧林路 角嵩路 翁角路 新阳路 阳光路 霞阳路 马青路 海景路 海景东路 海景东二路 海发路 建港路 银江路 石鼓路 集源路 杏林湾路 杏滨路 杏北路 杏锦路 诚毅北大街 天马路 灌口大道 同集路 同集南路 同集北路 西柯路 西柯一里路 环城东路 环城西路 银湖路 朝洋路 祥平街道 凤祥路 新民大道 美溪道 集安路 马巷镇 马巷街道 巷北路 巷北二路 巷南路 巷东路 翔安东路 翔安西路 新兴街 民安路 莲前街道 嘉莲街道 筼筜街道 江头街道 殿前街道 禾山街道 湖里街道 新阳街道 海沧街道 嵩屿街道 侨英街道 杏林街道 杏滨街道 灌口镇 后溪镇 新民街道 大同街道 西柯街道 洪塘镇 五显镇 汀溪镇 莲花镇 新店镇 新圩镇 内厝镇 大嶝街道'

const words = `${places} ${names} ${roads}`
  .split(' ')
  .toSorted((one, other) => other.length - one.length)
  .map((word) => Array.from(word))

/** Of each character the words that it stands in, one as often as it stands there: of a line most words lack most characters. */
const wordsWith = new Map<string, number[]>()
for (const [at, word] of words.entries())
  for (const character of word) {
    const known = wordsWith.get(character)
    if (known) known.push(at)
    else wordsWith.set(character, [at])
  }

/** Seen in hands and faxes: the second is what was meant, wherever a word of the list needs it. */
const misreadings = new Set([
  '夏厦',
  '复厦',
  '情崎',
  '质贸',
  '質贸',
  '货贸',
  '恩思',
  '的明',
  '工公',
  '可司',
  '同司',
  '大火',
  '沦沧',
  '仓沧',
  '杭枋',
])

/** The letters with misread ones in known words replaced, or null when there is nothing to mend. */
export function mendWords(letters: readonly Letter[]): readonly Letter[] | null {
  const characters = letters.map(({ character }) => character)
  // How many characters of each word stand anywhere.
  const held = new Uint8Array(words.length)
  const known = new Set<string>()
  const know = (character: string): void => {
    if (known.has(character)) return
    known.add(character)
    for (const at of wordsWith.get(character) ?? []) held[at]!++
  }
  for (const character of characters) know(character)
  const settled = new Set<number>()
  const changed = new Set<number>()
  const settle = (at: number, { length }: readonly string[]): void => {
    for (let offset = 0; offset < length; offset += 1) settled.add(at + offset)
  }
  // What is a word as it was read is no other: 前埔北路 is not 前埔南路.
  for (let word = nextHeld(held, 0, lengths); word < words.length; word = nextHeld(held, word + 1, lengths)) {
    const wanted = words[word]!
    for (let at = 0; at + wanted.length <= characters.length; at += 1)
      if (missesOf(characters, at, wanted)?.length === 0) settle(at, wanted)
  }
  /** What a letter was read as, with the character that it was mended to. */
  const letterAt = (place: number): Letter => (changed.has(place) ? { ...letters[place]!, character: characters[place]! } : letters[place]!)
  const mend = (at: number, wanted: readonly string[], misses: readonly number[]): void => {
    if (misses.some((place) => settled.has(place))) return
    if (!misses.every((place) => mayMean(letterAt(place), wanted[place - at]!, wanted.length))) return
    // Two letters of one word are both misread only where the right ones were thought of.
    if (misses.length > 1 && !misses.every((place) => wasThought(letters[place]!, wanted[place - at]!))) return
    for (const place of misses) {
      characters[place] = wanted[place - at]!
      know(characters[place])
      changed.add(place)
    }
    if (misses.length > 0) settle(at, wanted)
  }
  for (let word = nextHeld(held, 0, fewest); word < words.length; word = nextHeld(held, word + 1, fewest)) {
    const wanted = words[word]!
    for (let at = 0; at + wanted.length <= characters.length; at += 1) {
      const misses = missesOf(characters, at, wanted)
      if (misses !== null) mend(at, wanted, misses)
    }
  }
  return changed.size > 0 ? letters.map((_, place) => letterAt(place)) : null
}

const mostMisses = ({ length }: readonly string[]): number => (length >= 3 ? 2 : 1)

/** Of each word how many characters it has, and how many of them must stand somewhere for it to be looked for. */
const lengths = Uint8Array.from(words, ({ length }) => length)
const fewest = Uint8Array.from(words, (word) => word.length - mostMisses(word))

/** The first word from `from` on of which enough is held; a loop of its own, for V8 compiles what is around such a loop with it. */
function nextHeld(held: Uint8Array, from: number, least: Uint8Array): number {
  let word = from
  while (word < held.length && held[word]! < least[word]!) word++
  return word
}

/** Where the characters from `at` on are not those of a word; null when too many are not. */
function missesOf(characters: readonly string[], at: number, wanted: readonly string[]): number[] | null {
  let left = mostMisses(wanted)
  for (let offset = 0; offset < wanted.length; offset += 1) if (characters[at + offset] !== wanted[offset] && --left < 0) return null
  const misses: number[] = []
  for (let offset = 0; offset < wanted.length; offset += 1) if (characters[at + offset] !== wanted[offset]) misses.push(at + offset)
  return misses
}

const wasThought = (letter: Letter, character: string): boolean =>
  letter.alternatives.some((other) => other.character === character && other.confidence > 0.003)

/** Characters of places that the recogniser's dictionary lacks (ppocr_keys_v1): it always reads another there. */
const unreadable = new Set('洸浉浛瀍猇鄠')

function mayMean(letter: Letter, character: string, length: number): boolean {
  if (!/\p{Script=Han}/u.test(letter.character)) return false
  const thought = wasThought(letter, character)
  if (unreadable.has(character) && length >= 3) return true
  if (thought || misreadings.has(letter.character + character)) return true
  if (length <= 3) return false
  return letter.confidence < 0.85
}
