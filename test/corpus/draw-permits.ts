/** Faces of other identity papers than the resident card: residence permits, travel permits, passports. Plain shapes stand for pictures. */
import { card, cardGround, emblem, portrait } from './draw-identity.ts'
import type { Person } from './invent-parties.ts'
import type { Content } from './paper.ts'
import type { Random } from './random.ts'
import type { Pen, Sheet } from './sheet.ts'

export interface CardFace {
  readonly width: number
  readonly height: number
  readonly fields: readonly string[]
  readonly draw: (sheet: Sheet) => void
}

export interface IdentityPaper {
  readonly type: string
  /** All values, on whichever face they stand. */
  readonly values: Readonly<Record<string, Content>>
  readonly faces: readonly CardFace[]
}

const ink = '#222'
const small: Pen = { face: 'sans', size: 5.6, color: '#44607a' }
const value: Pen = { face: 'sans', size: 8.4, color: ink }

function put(sheet: Sheet, field: string | null, text: string, x: number, y: number, pen: Pen = value): number {
  const end = sheet.text(text, x, y, pen)
  if (field !== null) sheet.mark(field, [x, y - pen.size, end - x, pen.size * 1.25])
  return end
}

/** Characters at one pitch, as a machine readable zone is printed. */
function zone(sheet: Sheet, lines: readonly string[], x: number, y: number, pitch: number): void {
  lines.forEach((line, row) =>
    Array.from(line).forEach((character, at) =>
      sheet.text(character, x + at * pitch, y + row * pitch * 2.2, { face: 'sans', size: pitch * 1.35, color: '#111' }),
    ),
  )
}

/** ICAO 9303 part 3, 4.9: weights 7 3 1 over digits and letters, `<` is 0. */
function zoneCheck(text: string): string {
  const sum = Array.from(text).reduce((total, character, at) => {
    const worth = character === '<' ? 0 : Number.parseInt(character, 36)
    return total + worth * [7, 3, 1][at % 3]!
  }, 0)
  return String(sum % 10)
}

const short = (date: string) => date.slice(2).replaceAll('-', '')

/** Two lines of 44 (ICAO 9303 part 4). */
function passportZone(code: string, state: string, latin: string, number: string, person: Person): string[] {
  const first = `P${code}${state}${latin}`.padEnd(44, '<').slice(0, 44)
  const padded = number.padEnd(9, '<')
  const sex = person.sex === '男' ? 'M' : 'F'
  const birth = short(person.birthDate)
  const until = short(person.idTo)
  const optional = ''.padEnd(14, '<')
  const body = `${padded}${zoneCheck(padded)}`
  const dates = `${birth}${zoneCheck(birth)}${sex}${until}${zoneCheck(until)}`
  const whole = zoneCheck(`${body}${birth}${zoneCheck(birth)}${until}${zoneCheck(until)}${optional}0`)
  return [first, `${body}${state}${dates}${optional}0${whole}`]
}

/** A residence permit of a resident of Hong Kong, Macau or Taiwan (港澳台居民居住证): like a resident card without ethnicity. */
export function residencePermit(person: Person, random: Random): IdentityPaper {
  const region = person.idNumber.slice(0, 6)
  const type = region === '830000' ? '台湾居民居住证' : '港澳居民居住证'
  const pass = region === '830000' ? random.digits(8) : `${region === '810000' ? 'H' : 'M'}${random.digits(8)}`
  const front: CardFace = {
    ...card,
    fields: ['name', 'sex', 'birthDate', 'address', 'idNumber'],
    draw: (sheet) => {
      cardGround(sheet, '#eef3f8', '#c6d6e6')
      const label: Pen = { face: 'sans', size: 7, color: '#2d6a9f' }
      sheet.text('姓 名', 15, 26, label)
      put(sheet, 'name', person.name, 42, 26.4, { ...value, size: 9.6 })
      sheet.text('性 别', 15, 43, label)
      put(sheet, 'sex', person.sex, 42, 43.2)
      sheet.text('出 生', 15, 60, label)
      const [year, month, day] = person.birthDate.split('-').map(Number) as [number, number, number]
      put(sheet, 'birthDate', `${year} 年 ${month} 月 ${day} 日`, 42, 60.2, { ...value, size: 8 })
      sheet.text('住 址', 15, 78, label)
      sheet.wrap(person.idAddress, 103, value).forEach((line, i) => put(sheet, 'address', line, 42, 78.4 + i * 11))
      sheet.text('公民身份号码', 15, 138, label)
      put(sheet, 'idNumber', person.idNumber, 78, 138.4, { ...value, size: 10.6, spacing: 1.5 })
      portrait(sheet, person.sex)
    },
  }
  const back: CardFace = {
    ...card,
    fields: ['issuer', 'validFrom', 'validTo', 'idType'],
    draw: (sheet) => {
      cardGround(sheet, '#f1f3ef', '#c9d3dd')
      emblem(sheet, 36, 40, 21)
      sheet.text('中华人民共和国', 152, 34, { face: 'serif-bold', size: 13, spacing: 3 }, 'center')
      put(sheet, 'idType', type, 66, 62, { face: 'serif-bold', size: 18, spacing: 4, color: '#111' })
      sheet.text('签发机关', 62, 96, small)
      put(sheet, 'issuer', person.issuer, 100, 96.2)
      sheet.text('有效期限', 62, 112, small)
      const until = put(sheet, 'validFrom', person.idFrom.replaceAll('-', '.'), 100, 112.2)
      put(sheet, 'validTo', `-${person.idTo.replaceAll('-', '.')}`, until, 112.2)
      sheet.text('通行证号码', 62, 128, small)
      sheet.text(pass, 100, 128.2, value)
      sheet.text('签发次数', 172, 128, small)
      sheet.text('1', 206, 128.2, value)
    },
  }
  return {
    type,
    values: {
      idType: type,
      name: person.name,
      sex: person.sex,
      birthDate: person.birthDate,
      address: person.idAddress,
      idNumber: person.idNumber,
      issuer: person.issuer,
      validFrom: person.idFrom,
      validTo: person.idTo,
    },
    faces: [front, back],
  }
}

/** What a traveller's paper needs besides a person. */
export interface Traveller {
  readonly person: Person
  /** Canonical: capitals, no blanks. */
  readonly latin: { readonly surname: string; readonly given: string }
  readonly number: string
}

const issuerOfPermits = '国家移民管理局'

/** A foreigner's permanent residence card (外国人永久居留身份证), of 2017 with 15 characters or of 2023 with 18. */
export function permanentResidence({ person, latin, number }: Traveller, nationality: string): IdentityPaper {
  const type = '外国人永久居留身份证'
  const name = `${latin.surname}, ${latin.given}`
  const front: CardFace = {
    ...card,
    fields: ['idType', 'name', 'sex', 'birthDate', 'idNumber', 'validFrom', 'validTo', 'issuer'],
    draw: (sheet) => {
      cardGround(sheet, '#f0f4ee', '#cfdccb')
      sheet.text('中华人民共和国', 121, 14, { face: 'serif-bold', size: 7.4, spacing: 1 }, 'center')
      put(sheet, 'idType', type, 66, 26, { face: 'serif-bold', size: 11, color: '#111' })
      const row = (label: string, english: string, field: string | null, text: string, x: number, y: number, size = 8) => {
        sheet.text(`${label}/${english}`, x, y, { ...small, size: 5 })
        put(sheet, field, text, x, y + 10, { ...value, size })
      }
      row('姓名', 'Name', 'name', name, 84, 38, 8.4)
      row('性别', 'Sex', 'sex', `${person.sex}/${person.sex === '男' ? 'M' : 'F'}`, 84, 60)
      row('出生日期', 'Date of Birth', 'birthDate', person.birthDate.replaceAll('-', '.'), 140, 60)
      row('国籍', 'Nationality', null, nationality, 84, 82)
      row('签发机关', 'Issuing Authority', 'issuer', issuerOfPermits, 140, 82)
      sheet.text('有效期限/Period of Validity', 84, 104, { ...small, size: 5 })
      const until = put(sheet, 'validFrom', person.idFrom.replaceAll('-', '.'), 84, 114, { ...value, size: 8 })
      put(sheet, 'validTo', `-${person.idTo.replaceAll('-', '.')}`, until, 114, { ...value, size: 8 })
      row('证件号码', 'ID No.', 'idNumber', number, 84, 126, 9.6)
      sheet.context.save()
      sheet.context.translate(-146, 14)
      portrait(sheet, person.sex)
      sheet.context.restore()
    },
  }
  const back: CardFace = {
    ...card,
    fields: [],
    draw: (sheet) => {
      cardGround(sheet, '#eef2f4', '#cfd8dd')
      emblem(sheet, 121, 46, 24)
      sheet.text('CHINA', 121, 96, { face: 'serif-bold', size: 18, spacing: 4 }, 'center')
    },
  }
  return {
    type,
    values: {
      idType: type,
      name: `${latin.surname},${latin.given.replaceAll(' ', '')}`,
      sex: person.sex,
      birthDate: person.birthDate,
      idNumber: number,
      issuer: issuerOfPermits,
      validFrom: person.idFrom,
      validTo: person.idTo,
    },
    faces: [front, back],
  }
}

/** 港澳居民来往内地通行证 (回乡证) or 台湾居民来往大陆通行证 (台胞证). */
export function travelPermit({ person, latin, number }: Traveller, of: '港澳' | '台湾'): IdentityPaper {
  const type = of === '港澳' ? '港澳居民来往内地通行证' : '台湾居民来往大陆通行证'
  const issuer = of === '港澳' ? '公安部出入境管理局' : issuerOfPermits
  const front: CardFace = {
    ...card,
    fields: ['idType', 'name', 'sex', 'birthDate', 'idNumber', 'validFrom', 'validTo', 'issuer'],
    draw: (sheet) => {
      cardGround(sheet, '#f3f0f6', '#d8cfe2')
      put(sheet, 'idType', type, 62, 20, { face: 'serif-bold', size: 12, spacing: 1.5, color: '#111' })
      const row = (label: string, field: string | null, text: string, x: number, y: number) => {
        sheet.text(label, x, y, small)
        put(sheet, field, text, x + 30, y + 0.4, { ...value, size: 8 })
      }
      row('姓名', 'name', person.name, 86, 40)
      sheet.text(`${latin.surname}, ${latin.given}`, 116, 51, { ...value, size: 7 })
      row('出生日期', 'birthDate', person.birthDate.replaceAll('-', '.'), 86, 66)
      row('性别', 'sex', person.sex, 174, 66)
      sheet.text('有效期限', 86, 82, small)
      const until = put(sheet, 'validFrom', person.idFrom.replaceAll('-', '.'), 116, 82.4, { ...value, size: 8 })
      put(sheet, 'validTo', `-${person.idTo.replaceAll('-', '.')}`, until, 82.4, { ...value, size: 8 })
      row('签发机关', 'issuer', issuer, 86, 98)
      row('证件号码', 'idNumber', number, 86, 120)
      sheet.text('换证次数', 174, 120, small)
      sheet.text('01', 206, 120.4, { ...value, size: 8 })
      sheet.context.save()
      sheet.context.translate(-146, 14)
      portrait(sheet, person.sex)
      sheet.context.restore()
    },
  }
  return {
    type,
    values: {
      idType: type,
      name: person.name,
      sex: person.sex,
      birthDate: person.birthDate,
      idNumber: number,
      issuer,
      validFrom: person.idFrom,
      validTo: person.idTo,
    },
    faces: [front],
  }
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const written = (date: string, chinese: boolean) =>
  `${date.slice(8)} ${chinese ? `${Number(date.slice(5, 7))}月/` : ''}${months[Number(date.slice(5, 7)) - 1]!} ${date.slice(0, 4)}`

const states = {
  CHN: ['中国', 'CHINESE'],
  JPN: ['日本', 'JAPAN'],
  KOR: ['韩国', 'REPUBLIC OF KOREA'],
  SGP: ['新加坡', 'SINGAPORE'],
} as const
export const passportStates = Object.keys(states) as (keyof typeof states)[]

/** The data page of a passport: 125 by 88 mm with two lines for machines. A foreign one bears no Chinese. */
export function passport({ person, latin, number }: Traveller, state: keyof typeof states): IdentityPaper {
  const chinese = state === 'CHN'
  const page = { width: 125 * (72 / 25.4), height: 88 * (72 / 25.4) }
  const both = (one: string, english: string) => (chinese ? `${one}/${english}` : english)
  const face: CardFace = {
    ...page,
    fields: ['idType', 'name', 'sex', 'birthDate', 'idNumber', 'validFrom', 'validTo', ...(chinese ? ['issuer'] : [])],
    draw: (sheet) => {
      sheet.context.fillStyle = '#f2eef2'
      sheet.context.fillRect(0, 0, page.width, page.height)
      put(sheet, 'idType', chinese ? '护照 PASSPORT' : 'PASSPORT', 16, 26, { face: 'serif-bold', size: 12, color: '#5a2230' })
      sheet.text(chinese ? '中华人民共和国 PEOPLE’S REPUBLIC OF CHINA' : states[state][1], 110, 24, { face: 'serif-bold', size: 9 })
      const row = (label: string, field: string | null, text: string, x: number, y: number, size = 8.6) => {
        sheet.text(label, x, y, { ...small, size: 5.6 })
        put(sheet, field, text, x, y + 11, { ...value, size })
      }
      row(both('类型', 'Type'), null, 'P', 110, 40)
      row(both('国家码', 'Country Code'), null, state, 150, 40)
      row(both('护照号', 'Passport No.'), 'idNumber', number, 240, 40, 10)
      if (chinese) {
        row('姓名/Name', 'name', person.name, 110, 62, 9.6)
        sheet.text(`${latin.surname}, ${latin.given}`, 110, 84, value)
      } else {
        row('Surname', 'name', latin.surname, 110, 62, 9)
        row('Given names', null, latin.given, 190, 62, 9)
      }
      row(
        both('性别', 'Sex'),
        'sex',
        chinese ? `${person.sex}/${person.sex === '男' ? 'M' : 'F'}` : person.sex === '男' ? 'M' : 'F',
        110,
        96,
      )
      row(both('国籍', 'Nationality'), null, chinese ? '中国/CHINESE' : states[state][1], 170, 96)
      row(both('出生日期', 'Date of birth'), 'birthDate', written(person.birthDate, chinese), 260, 96)
      row(both('签发日期', 'Date of issue'), 'validFrom', written(person.idFrom, chinese), 110, 120)
      row(both('有效期至', 'Date of expiry'), 'validTo', written(person.idTo, chinese), 240, 120)
      if (chinese) row('签发机关/Authority', 'issuer', '公安部出入境管理局', 110, 144)
      sheet.context.save()
      sheet.context.translate(-136, 32)
      portrait(sheet, person.sex)
      sheet.context.restore()
      zone(
        sheet,
        passportZone(chinese ? 'O' : '<', state, `${latin.surname}<<${latin.given.replaceAll(' ', '<')}`, number, person),
        16,
        212,
        7.4,
      )
    },
  }
  return {
    type: '护照',
    values: {
      idType: '护照',
      name: chinese ? person.name : `${latin.surname}${latin.given.replaceAll(' ', '')}`,
      sex: person.sex,
      birthDate: person.birthDate,
      idNumber: number,
      validFrom: person.idFrom,
      validTo: person.idTo,
      ...(chinese ? { issuer: '公安部出入境管理局' } : {}),
    },
    faces: [face],
  }
}
