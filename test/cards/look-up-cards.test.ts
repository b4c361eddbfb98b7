import { expect, it } from 'vitest'
import { lookUpCards, lookUpStrangeNumbers } from '../../src/cards/look-up-cards.ts'
import { queueCardJobs } from '../../src/flow.ts'
import { cleanSets, enterprise, operator } from '../fixtures/build-papers.ts'
import { fillLedger } from '../fixtures/fill-ledger.ts'
import { clerk, openBackOffice } from '../fixtures/open-back-office.ts'

it('the rules are told the cards of an enterprise and those that are named, and nobody else’s', async () => {
  const office = await openBackOffice()
  const number = await office.accept(cleanSets['add-operator']())
  await office.run(queueCardJobs, { applicationNumber: number })
  const [job] = await office.cards.jobsOf(office.database, number)
  await office.cards.complete(job?.id ?? '', { cardNumber: '8600000012399', actor: clerk })
  const card = {
    number: '8600000012399',
    kind: 'operator',
    uscc: enterprise.uscc,
    enterpriseName: enterprise.name,
    holderName: operator.name,
    holderIdNumber: operator.idNumber,
    status: 'valid',
    validUntil: '2036-11-20',
  }
  expect(await lookUpCards(office.database, { uscc: enterprise.uscc, numbers: [] })).toEqual([card])
  expect(await lookUpCards(office.database, { uscc: null, numbers: ['8600000012399'] })).toEqual([card])
  expect(await lookUpCards(office.database, { uscc: '91350206MA1XG61250', numbers: ['8600000000000'] })).toEqual([])
  expect(await lookUpCards(office.database, { uscc: null, numbers: [] })).toEqual([])
})

it('a number as long as no card’s is told, once the ledger has cards enough', async () => {
  const { database } = await openBackOffice()
  const numbered = (at: number) => ({ number: String(8600000000000 + at) })
  await fillLedger(database, ...Array.from({ length: 19 }, (_, at) => numbered(at)))
  expect(await lookUpStrangeNumbers(database, ['860000012346'])).toEqual([])
  await fillLedger(database, numbered(19))
  expect(await lookUpStrangeNumbers(database, ['860000012346', '8600000099999'])).toEqual(['860000012346'])
  expect(await lookUpStrangeNumbers(database, [])).toEqual([])
})
