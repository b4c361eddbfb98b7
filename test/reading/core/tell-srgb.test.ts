import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { isSrgb } from '../../../src/reading/decode/tell-srgb.ts'

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 200, g: 40, b: 40 } } })

async function profileOf(name: 'srgb' | 'p3'): Promise<Buffer> {
  const { icc } = await sharp(await picture().withIccProfile(name).png().toBuffer()).metadata()
  return icc!
}

/** The profile of sRGB with a tone curve of so many numbers in place of its own. */
async function withCurve(numbers: readonly number[]): Promise<Buffer> {
  const curve = Buffer.alloc(12 + numbers.length * 2)
  curve.write('curv')
  curve.writeUInt32BE(numbers.length, 8)
  for (const [i, number] of numbers.entries()) curve.writeUInt16BE(number, 12 + i * 2)
  return replaceCurve(curve)
}

/** The same with a formula of seven numbers, (a x + b) ^ g + e from d on and c x + f below it, as browsers write it. */
function withFormula(numbers: readonly number[]): Promise<Buffer> {
  const curve = Buffer.alloc(40)
  curve.write('para')
  curve.writeUInt16BE(4, 8)
  for (const [i, number] of numbers.entries()) curve.writeInt32BE(Math.round(number * 65_536), 12 + i * 4)
  return replaceCurve(curve)
}

async function replaceCurve(curve: Buffer): Promise<Buffer> {
  const profile = await profileOf('srgb')
  for (let tag = 0; tag < profile.readUInt32BE(128); tag++)
    if (profile.toString('latin1', 133 + tag * 12, 136 + tag * 12) === 'TRC') profile.writeUInt32BE(profile.length, 136 + tag * 12)
  return Buffer.concat([profile, curve])
}

describe('the colour profile of a picture', () => {
  it('is that of sRGB by its primaries and its curve, however the curve is written', async () => {
    expect(isSrgb(await profileOf('srgb'))).toBe(true)
    const table = Array.from({ length: 1024 }, (_, i) => Math.round(65_535 * ((i / 1023 + 0.055) / 1.055) ** 2.4))
    expect(isSrgb(await withCurve(table))).toBe(true)
    expect(isSrgb(await withFormula([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045, 0, 0]))).toBe(true)
  })

  it('is another one where primaries or curve differ', async () => {
    expect(isSrgb(await profileOf('p3'))).toBe(false)
    expect(isSrgb(await withCurve([]))).toBe(false)
    expect(isSrgb(await withCurve([1.8 * 256]))).toBe(false)
    expect(isSrgb(await withFormula([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045, 0.05, 0]))).toBe(false)
  })

  it('is no profile where it is cut off or points beyond its end', async () => {
    const profile = await profileOf('srgb')
    for (const length of [0, 20, 131, 200, 400, 460]) expect(isSrgb(profile.subarray(0, length))).toBe(false)
  })
})
