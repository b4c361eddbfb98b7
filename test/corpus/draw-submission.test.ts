import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFCheckBox, PDFDocument, PDFTextField } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDocument } from '../../src/flow.ts'
import { documentFields, serviceCodes } from '../../src/guide/papers.ts'
import { composeSubmission } from './compose-submission.ts'
import { faults } from './fill-paper.ts'
import { copyPage, type Device } from './copy-page.ts'
import { paintSide } from './paint-side.ts'
import type { Side } from './paper.ts'
import { seedRandom } from './random.ts'
import { newScore, scoreSubmission } from './score-reading.ts'
import { writeDigitalPdf } from './write-digital-pdf.ts'
import { writeSubmission, type Packaging } from './write-submission.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhika-corpus-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const write = (seed: number, device: Device, packaging: Packaging, options = {}, name = `${seed}-${device}-${packaging}`) =>
  writeSubmission(composeSubmission(seed, options), folder, { name, device, packaging, heldBack: false, faults: [], today: '2026-11-20' })

const sealsOf = (side: Side) => paintSide(side, seedRandom('drawing'), 20).sheet.seals.filter(({ role }) => role !== 'other')

describe('a composed submission', () => {
  it('holds the papers of the guide for every service', () => {
    const kinds = (service: (typeof serviceCodes)[number]): string[] =>
      [...new Set(composeSubmission(5, { service, ownHandler: true }).papers.map((paper) => paper.kind))].toSorted()
    expect(kinds('add-operator')).toEqual(['card-form', 'identity-document', 'payment-proof', 'registration-form'])
    expect(kinds('enrol-online')).toEqual(['authorization-letter', 'business-licence', 'identity-document'])
    expect(kinds('reader')).toEqual(['authorization-letter', 'payment-proof'])
    expect(composeSubmission(5, { service: 'deregister' }).papers.filter((paper) => paper.kind === 'cancellation-request')).toHaveLength(2)
  })

  it('plants every fault with the finding that it should cause', () => {
    for (const fault of faults) {
      const onLicence = ['other-change', 'other-legal', 'licence-over'].includes(fault)
      const service = fault === 'old-card' ? 'renew' : onLicence ? 'change-enterprise' : 'add-operator'
      const { findings, decision } = composeSubmission(21, { service, faults: [fault] })
      expect(findings.length, fault).toBeGreaterThan(0)
      expect(decision, fault).not.toBe('ready')
    }
  })

  it('leaves out a seal only on a paper that is there', async () => {
    for (let seed = 60; seed < 68; seed++) {
      const { papers, findings } = composeSubmission(seed, { service: 'renew', faults: ['missing-seal'] })
      const bare = papers.filter(({ sides: [side] }) => sealsOf(side!).length === 0)
      expect(bare.map(({ kind }) => kind).toSorted()[0], String(seed)).toBe(findings[0]!.document)
    }
  })

  it('names parties that nothing else of the corpus names, where that is asked for', () => {
    const [usual, rare] = [composeSubmission(5), composeSubmission(5, { rare: true })]
    expect(rare.enterprise.name).not.toBe(usual.enterprise.name)
    expect(rare.enterprise.uscc).toBe(usual.enterprise.uscc)
    const known = new Set(Array.from({ length: 40 }, (_, seed) => composeSubmission(seed).enterprise.name).join(''))
    const names = Array.from({ length: 10 }, (_, seed) => composeSubmission(seed, { rare: true }).enterprise.name).join('')
    expect([...names].filter((char) => !known.has(char)).length).toBeGreaterThan(10)
  })

  it('holds a card form and an identity copy for each of two operators', () => {
    const papers = composeSubmission(5, { service: 'add-operator', operators: 2, ownHandler: true }).papers
    const names = papers.filter((paper) => paper.kind === 'card-form').map((paper) => paper.values['operator.holderName'])
    expect(new Set(names).size).toBe(2)
    for (const name of names) expect(papers.some((paper) => paper.kind === 'identity-document' && paper.values['name'] === name)).toBe(true)
  })

  it('tells only fields that the kind of paper has', () => {
    for (const [i, service] of serviceCodes.entries())
      for (const paper of composeSubmission(30 + i, { service }).papers) {
        const known = documentFields[paper.kind].map(({ name }) => name)
        expect(Object.keys(paper.values).filter((name) => !known.includes(name))).toEqual([])
      }
  })
})

describe('a written submission', () => {
  it('has a truth in the shape of the contract, with a place for every seal and value', async () => {
    const truth = await write(3, 'scan200', 'folder', { service: 'replace-operator', writing: 'typed' })
    for (const document of truth.documents) {
      expect(readDocument.parse(document).kind).toBe(document.kind)
      for (const [name, field] of Object.entries(document.fields))
        if (field.value !== null && name !== 'idType') expect(field.box, `${document.kind}.${name}`).not.toBeNull()
      for (const { box } of document.seals) expect(box[2] * box[3]).toBeGreaterThan(0)
    }
    expect((await readdir(join(folder, truth.name))).map((file) => `${truth.name}/${file}`).toSorted()).toEqual(
      [...new Set(truth.documents.flatMap((document) => document.pages.map((page) => page.file)))].toSorted(),
    )
  })

  it('comes out the same for the same seed', async () => {
    const first = await write(4, 'fax', 'folder', { service: 'unlock' }, 'once')
    const again = await write(4, 'fax', 'folder', { service: 'unlock' }, 'twice')
    expect(JSON.stringify(again).replaceAll('twice', 'once')).toBe(JSON.stringify(first))
    for (const file of await readdir(join(folder, 'once')))
      expect((await readFile(join(folder, 'twice', file))).equals(await readFile(join(folder, 'once', file))), file).toBe(true)
  })

  it('packs a mail and an archive whose parts are named in the truth', async () => {
    const mail = await write(5, 'gray', 'eml', { service: 'reader' })
    expect(mail.documents[0]!.pages[0]!.file).toMatch(/^5-gray-eml\/来信\.eml!\/.+\.jpg$/)
    const archive = await write(6, 'digital', 'zip', { service: 'reader' })
    expect(archive.documents[0]!.pages[0]!.file).toMatch(/^6-digital-zip\/材料\.zip!\/.+\.pdf$/)
  })

  it('puts all pages of a fax into one picture file of several pages', async () => {
    const truth = await write(7, 'fax', 'tiff', { service: 'unlock' })
    const file = await readFile(join(folder, truth.name, 'FAX0001.tif'))
    const pages = truth.documents.flatMap((document) => document.pages)
    expect((await sharp(file).metadata()).pages).toBe(pages.length)
    expect(pages.map(({ page }) => page)).toEqual(pages.map((_, i) => i + 1))
    const last = await sharp(file, { page: pages.length - 1 })
      .raw()
      .toBuffer()
    expect(new Set(last).size).toBe(2)
  })

  it('mixes a PDF with pictures of other formats', async () => {
    const truth = await write(8, 'gray', 'mixed', { service: 'reader' })
    const files = await readdir(join(folder, truth.name))
    expect(files.some((file) => file.endsWith('.pdf'))).toBe(true)
    for (const file of files.filter((name) => /\.(webp|png|tif|jpg)$/.test(name)))
      expect((await sharp(join(folder, truth.name, file)).metadata()).width, file).toBeGreaterThan(1000)
  })

  it('holds its values as text or as form fields when it is digital', async () => {
    const form = composeSubmission(9, { service: 'unlock', writing: 'typed' }).papers[0]!
    const page = (making: 'text' | 'form') => ({ side: form.sides[0]!, drawing: seedRandom('drawing'), making })
    const filled = await writeDigitalPdf([page('form')], true)
    const fields = (await PDFDocument.load(filled.bytes)).getForm().getFields()
    expect(fields.some((field) => field instanceof PDFTextField && field.getText() === form.values['enterpriseName'])).toBe(true)
    expect(fields.filter((field) => field instanceof PDFCheckBox && field.isChecked()).length).toBe(2)
    const printed = await writeDigitalPdf([page('text')], true)
    expect((await PDFDocument.load(printed.bytes)).getForm().getFields()).toEqual([])
    expect(printed.sheets[0]!.fields.has('enterpriseName')).toBe(true)
  })

  it('scores full marks when the truth itself is read', async () => {
    const truth = await write(8, 'scan200', 'pdf', { service: 'renew' })
    const score = newScore()
    scoreSubmission(
      score,
      truth,
      truth.documents.map((document) => readDocument.parse(document)),
    )
    expect(score.misses).toEqual([])
    expect(score.fields.get('all')!.wrongCertain).toBe(0)
  })
})

describe('a copied page', () => {
  const side = composeSubmission(9, { service: 'unlock', layout: 'guide' }).papers[0]!.sides[0]!
  const copy = (device: Device) => copyPage(side, seedRandom('drawing'), device, seedRandom(`copying-${device}`))

  it.each([
    ['scan200', 1653, 2339],
    ['scan300', 2479, 3508],
    ['fax', 1240, 1754],
  ] as const)('by %s has the pixels of an A4 sheet', async (device, width, height) => {
    const page = await copy(device)
    const { data, info } = await sharp(page.bytes).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height].toSorted((one, other) => one - other)).toEqual([width, height])
    expect(data.length).toBe(width * height * info.channels)
    if (device === 'fax') expect(new Set(data).size).toBe(2)
  })

  it('by a phone shows the whole sheet on a table', async () => {
    const page = await copy('phone')
    const { info } = await sharp(page.bytes).rotate().raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height].toSorted((one, other) => one - other)).toEqual(
      [page.width, page.height].toSorted((one, other) => one - other),
    )
    for (const corner of [
      [0, 0],
      [side.width, 0],
      [side.width, side.height],
      [0, side.height],
    ] as const) {
      const [x, y] = page.place(corner)
      expect(x > -0.02 && x < 1.02 && y > -0.02 && y < 1.02).toBe(true)
    }
  })
})
