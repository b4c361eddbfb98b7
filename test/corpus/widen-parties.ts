/**
 * The parties of a submission with what the parts of `invent-parties.ts` never say: characters that few names, brands and places have,
 * numbers of buildings as `3#厂房`, places of other counties. For sets that a recogniser is to learn from, or to be measured by.
 */
import { readFileSync } from 'node:fs'
import type { Enterprise, Person } from './invent-parties.ts'
import type { Random } from './random.ts'

/** The characters of some rows of GB 2312: the common ones, then the rarer ones. */
const rowsOf = (first: number, last: number): string[] => {
  const bytes: number[] = []
  for (let row = first; row <= last; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell)
  return [...new TextDecoder('gbk').decode(Uint8Array.from(bytes))].filter((char) => /\p{Script=Han}/u.test(char))
}
const [common, rarer] = [rowsOf(0xb0, 0xd7), rowsOf(0xd8, 0xf7)]
const rare = readFileSync(new URL('../../src/reading/engine/more-characters.txt', import.meta.url), 'utf8')
  .trim()
  .split(/\s+/u)

const characters = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.pick(random.chance(0.6) ? common : random.chance(0.7) ? rarer : rare)).join('')

const counties =
  '思明区 湖里区 集美区 海沧区 同安区 翔安区 龙海区 漳浦县 长泰区 诏安县 南安市 晋江市 石狮市 安溪县 永春县 仙游县 涵江区 福清市 新罗区 上杭县'.split(
    ' ',
  )
const villages = '村 社 里 厝 墘 埭 垵 塘 坂 岑 埕 洋 坑 崎 仑'.split(' ')
const roads = '路 路 路 街 大道 东路 西路 北二路 里 巷'.split(' ')

const placeIn = (random: Random): string =>
  random.chance(0.4)
    ? `${characters(random, random.whole(1, 2))}镇${characters(random, 1)}${random.pick(villages)}${random.pick(['村', '村', '社区'])}`
    : characters(random, random.whole(1, 3)) + random.pick(roads)

function doorIn(random: Random): string {
  const building = random.whole(1, 28)
  const letter = random.pick(['A', 'B', 'C', 'D', 'E'])
  const room = `${random.whole(1, 30)}${random.digits(2)}`
  return random.pick([
    `${building}#厂房${random.whole(1, 9)}楼${random.pick(['东', '西', '南', '北'])}侧`,
    `${letter}${random.whole(1, 9)}#楼${room}`,
    `${building}#${room}室`,
    `之${random.pick(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])}`,
    `${letter}幢${room}室`,
    `${building}-${random.whole(1, 9)}号`,
    `${room}室之${random.pick(['一', '二', '三', '四'])}`,
    `${building}号楼${random.whole(1, 4)}单元${room}`,
    '',
  ])
}

export function widenPerson(person: Person, random: Random): Person {
  const surname = /^(?:欧阳|上官|司马|诸葛)/u.exec(person.name)?.[0] ?? (random.chance(0.8) ? person.name[0]! : random.pick(common))
  const region = /^.*?(?:区|县)/u.exec(person.idAddress)?.[0] ?? ''
  return {
    ...person,
    name: surname + characters(random, random.chance(0.25) ? 1 : 2),
    idAddress: `${region}${placeIn(random)}${random.whole(1, 1998)}号${doorIn(random)}`,
  }
}

export function widenEnterprise(enterprise: Enterprise, random: Random): Enterprise {
  const brand = characters(random, random.pick([2, 2, 2, 3, 4]))
  const form =
    /^.*?((?:进出口|国际|供应|报关|电子|石材|冷链|服饰|机电|跨境|新材料|医疗|汽车|茶业|体育|光电|家居|投资|食品|船务|贸易|工艺|水产|五金).*)$/u.exec(
      enterprise.name,
    )
  const city = random.pick(['厦门', '厦门', '厦门市', '福建', '漳州', '泉州', '厦门自贸片区', '晋江', '福建省'])
  const trade = form?.[1] ?? '贸易有限公司'
  return {
    ...enterprise,
    name: random.chance(0.15) ? `${brand}（${city}）${trade}` : city + brand + trade,
    address: `${random.chance(0.4) ? '福建省' : ''}${random.chance(0.8) ? '厦门市' : ''}${random.pick(counties)}${placeIn(random)}${random.whole(1, 2999)}号${doorIn(random)}`,
  }
}
