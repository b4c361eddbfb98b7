import { describe, expect, it } from 'vitest'
import { compareAddresses, lacksDoor } from '../../../src/application/judge/compare-addresses.ts'

describe('two addresses', () => {
  it.each([
    ['福建省厦门市湖里区虚构路18号', '虚构路18号'],
    ['福建省厦门市湖里区虚构路18号', '厦门市湖里区虚构路18号'],
    ['湖里区虚构路18号', '福建省厦门市湖里区虚构路18号'],
    ['厦门市湖里区虚构路18号', '厦门市湖里区虚构路１８号'],
    ['厦门市湖里区虚构路18号', '厦门市湖里区虚构路18#'],
    ['厦门市湖里区虚构路18号', '厦门市湖里区虚构路No.18'],
    ['厦门市湖里区虚构路18号之一', '厦门市湖里区虚构路18号-1'],
    ['厦门市湖里区虚构路18号海关大楼7楼', '厦门市湖里区虚构路18号海关大楼七层'],
    ['厦门市湖里区虚构路18号海关大楼7F', '虚构路18号海关大楼（7楼）'],
    ['厦门市湖里区虚构路18号3号楼501室', '厦门市湖里区虚构路18号3栋501'],
    ['厦门市湖里区虚构路18号', '厦门市湖里区虚构路18号海关大楼7楼'],
    ['厦门市 湖里区，虚构路18号', '厦门市湖里区虚构路18号'],
    ['虚构工业区8号厂房', '厦门市海沧区虚构工业区8号厂房'],
    ['福建省泉州市晋江市虚构路18号', '晋江市虚构路18号'],
    ['中国（福建）自由贸易试验区厦门片区虚构路18号', '中国(福建)自由贸易试验区厦门片区虚构路18号'],
  ])('are one place: %s, %s', (left, right) => {
    expect(compareAddresses(left, right).verdict).toBe('same')
    expect(compareAddresses(right, left)).toEqual(compareAddresses(left, right))
  })

  it.each([
    ['厦门市湖里区虚构路18号', '厦门市湖里区虚沟路18号'],
    ['厦门市湖里区虚构路18号海关大楼7楼', '厦门市潮里区虚构路18号海关大褛7楼'],
    ['厦门市湖里区虚构路18号港航大厦1203室', '厦门市湖里区虚构路18号港航大夏1203'],
  ])('may be one misread: %s, %s', (left, right) => {
    const { verdict, score } = compareAddresses(left, right)
    expect(['same', 'near']).toContain(verdict)
    expect(score).toBeGreaterThan(0.7)
  })

  it.each([
    ['厦门市湖里区虚构路18号', '厦门市湖里区虚构路8号', 'number'],
    ['厦门市湖里区虚构路1号', '厦门市湖里区虚构路18号', 'number'],
    ['厦门市湖里区虚构路18号', '厦门市思明区虚构路18号', 'other'],
    ['厦门市湖里区虚构路18号', '泉州市丰泽区海滨街6号', 'other'],
    ['厦门市湖里区虚构路18号', '厦门市湖里区东港北路29号', 'other'],
  ])('are two: %s, %s', (left, right, verdict) => {
    expect(compareAddresses(left, right).verdict).toBe(verdict)
  })
})

describe('an address that lacks the door', () => {
  it.each(['厦门市湖里区禾山街道', '湖里区象兴一路', '石狮市灵秀镇', '福建省厦门市思明区鹭江道中山路', '同营业执照地址', '如上'])(
    '%s',
    (address) => expect(lacksDoor(address)).toBe(true),
  )
  it.each([
    '厦门市同安区洪塘镇三忠村',
    '厦门市同安区如意路8号',
    '厦门市湖里区象兴一路11号',
    '厦门自贸片区象屿保税区海关大楼七楼',
    '漳州市龙海区角美镇龙池开发区',
    '厦门市思明区中山路步行街',
    '厦门市思明区国贸大厦',
  ])('is not %s', (address) => expect(lacksDoor(address)).toBe(false))
})
