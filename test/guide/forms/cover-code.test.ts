import { expect, it } from 'vitest'
import { readCoverCode, writeCoverCode } from '../../../src/guide/forms/cover-code.ts'

it('the code of a cover sheet names its parcel, and nothing else is taken for one', () => {
  for (const number of ['1151238971060', 'EE473124829CN']) expect(readCoverCode(writeCoverCode(number))).toBe(number)
  const code = writeCoverCode('1151238971060')
  for (const other of ['1151238971060', code.slice(0, -1), code.replace('060', '061'), `${code} `, 'ZKP::0000', 'ZK1:ABC', ''])
    expect(readCoverCode(other)).toBeNull()
})
