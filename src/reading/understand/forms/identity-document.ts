/** 身份证件: the resident identity card on both sides, residence permits, and the foreigners' permanent residence card. */
import { label, stop, type FormDefinition } from './form.ts'

export const identityDocument: FormDefinition = {
  kind: 'identity-document',
  titles: [
    '居民身份证',
    '港澳居民居住证',
    '台湾居民居住证',
    '港澳台居民居住证',
    '外国人永久居留身份证',
    '港澳居民来往内地通行证',
    '台湾居民来往大陆通行证',
    '护照',
    'PASSPORT',
  ],
  cues: [
    ['中华人民共和国居民身份证', 2],
    ['公安局', 0.7],
    ['公安分局', 0.5],
    ['出入境管理局', 1],
    ['国家移民管理局', 1],
    ['PASSPORT', 2],
    ['护照号', 1.5],
  ],
  // The machine readable zone of a passport (ICAO 9303).
  patterns: [
    [/^P[A-Z<0][A-Z0]{3}[A-Z0]+[^<]{0,3}<<[A-Z<0]{4,}/u, 6],
    [/[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9O]{6}[0-9O][MFX<][0-9O]{6}[0-9O]/u, 6],
  ],
  labels: [
    label('name', ['姓名', '姓名Name', '姓名NAME'], { weight: 0.6 }),
    label('sex', ['性别', '性别Sex', '性别SEX'], { weight: 0.5 }),
    label('ethnicity', ['民族'], { weight: 1.3 }),
    label('birthDate', ['出生', '出生日期', '出生日期DateofBirth'], { weight: 0.7 }),
    label('address', ['住址'], { weight: 1 }),
    label(
      'idNumber',
      ['公民身份号码', '身份号码', '公民身份证号码', '公民身份号', '公民身份', '证件号码', '永久居留证号码', '证件号码IDNo'],
      { weight: 2 },
    ),
    label('issuer', ['签发机关', '签发机关IssuingAuthority'], { weight: 2 }),
    label('validity', ['有效期限', '有效期', '有效期限PeriodofValidity', '有效期至'], { weight: 1.5 }),
    stop(['中华人民共和国', '居民身份证', '中华人民共和国居民身份证'], { weight: 0 }),
    stop(['国籍', '国籍Nationality'], { weight: 0.2 }),
    stop(['通行证号码', '签发次数', '换证次数'], { weight: 1 }),
  ],
  prose: ['中华人民共和国居民身份证', '中华人民共和国', '居民身份证'],
}
