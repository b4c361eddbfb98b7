/** Copies the papers of a submission, packs them as senders do, and writes the truth beside them. */
import iconv from 'iconv-lite'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import yazl from 'yazl'
import type { ComposedSubmission } from './compose-submission.ts'
import { copyPage, type Device } from './copy-page.ts'
import { joinTiffs } from './join-tiffs.ts'
import type { CopySettings, PageCopy } from './paint-side.ts'
import type { Paper, Side } from './paper.ts'
import { seedRandom, type Random } from './random.ts'
import { cornersOf, truthOf, type CopiedPage, type Truth } from './truth.ts'
import { writeBitmap } from './write-bitmap.ts'
import { writeDigitalPdf, type PageMaking } from './write-digital-pdf.ts'

export const packagings = ['folder', 'pdf', 'eml', 'zip'] as const
/** One TIFF of all pages; a PDF of some pages and other files of other formats. */
export const allPackagings = [...packagings, 'tiff', 'mixed'] as const
export type Packaging = (typeof allPackagings)[number]

export interface WritingOptions {
  readonly name: string
  readonly device: Device
  readonly packaging: Packaging
  readonly heldBack: boolean
  readonly faults: readonly string[]
  /** The day of the mail's Date header, `YYYY-MM-DD`. */
  readonly today: string
  readonly copying?: CopySettings
}

interface PackedFile {
  readonly name: string
  readonly bytes: Buffer
}

interface CopiedSide {
  readonly paper: Paper
  readonly side: Side
  readonly index: number
  readonly copy: PageCopy | null
  readonly drawing: Random
}

/** Writes `folder/name/…` and returns the truth, whose page files start with `name/`. */
export async function writeSubmission(submission: ComposedSubmission, folder: string, options: WritingOptions): Promise<Truth> {
  const random = seedRandom(submission.seed).fork(`copy-${options.device}`)
  const sides: CopiedSide[] = []
  for (const [p, paper] of submission.papers.entries()) {
    for (const [index, side] of paper.sides.entries()) {
      const name = `${p}-${index}`
      const drawing = (): Random => seedRandom(submission.seed).fork(`draw-${name}`)
      const copy =
        options.device === 'digital' && !side.screen
          ? null
          : await copyPage(side, drawing(), options.device, random.fork(name), options.copying)
      sides.push({ paper, side, index, copy, drawing: drawing() })
    }
  }
  const files: PackedFile[] = []
  const places = new Map<CopiedSide, CopiedPage>()
  if (options.device === 'digital') await packDigital(sides, files, places, random, options.packaging === 'pdf')
  else if (options.packaging === 'pdf') await packScannedPdf(sides, files, places, random, options.device)
  else if (options.packaging === 'tiff') await packTiff(sides, files, places, options.device)
  else if (options.packaging === 'mixed') await packMixed(sides, files, places, random, options.device)
  else packImages(sides, files, places, random, options.device)

  const prefix = await placeFiles(files, join(folder, options.name), options, submission, random)
  const documents = submission.papers.map((paper) => {
    const copies = sides.filter((side) => side.paper === paper).map((side) => places.get(side)!)
    return truthOf(
      paper,
      copies.map((copy) => ({ ...copy, page: { ...copy.page, file: `${options.name}/${prefix}${copy.page.file}` } })),
    )
  })
  return {
    name: options.name,
    seed: submission.seed,
    device: options.device,
    writing: submission.writing,
    layout: submission.layout,
    heldBack: options.heldBack,
    packaging: options.packaging,
    service: submission.service,
    enterprise: { name: submission.enterprise.name, uscc: submission.enterprise.uscc },
    faults: options.faults,
    findings: submission.findings,
    decision: submission.decision,
    documents,
  }
}

function copiedPage(side: CopiedSide, copy: PageCopy, file: string, page: number, device: string): CopiedPage {
  return {
    sheet: copy.sheet,
    place: copy.place,
    color: copy.color,
    source: 'ocr',
    page: {
      file,
      page,
      rotation: copy.rotation,
      device: side.side.screen ? 'screenshot' : device,
      corners: cornersOf(side.side.width, side.side.height, copy.place),
    },
  }
}

function packImages(
  sides: readonly CopiedSide[],
  files: PackedFile[],
  places: Map<CopiedSide, CopiedPage>,
  random: Random,
  device: Device,
): void {
  const manner = random.fork('names').pick(device === 'phone' ? ['camera', 'role', 'wechat'] : ['scan', 'scan', 'role'])
  const start = random.fork('start').whole(1001, 4200)
  sides.forEach((side, i) => {
    const copy = side.copy!
    const base =
      manner === 'scan'
        ? `扫描_${String(i + 1).padStart(2, '0')}`
        : manner === 'camera'
          ? `IMG_${start + i}`
          : manner === 'wechat'
            ? `微信图片_20261120${start + i * 7}`
            : `${String(i + 1)}.${side.paper.role}${side.paper.sides.length > 1 ? `_${side.index + 1}` : ''}`
    const name = `${base}.${copy.extension}`
    files.push({ name, bytes: copy.bytes })
    places.set(side, copiedPage(side, copy, name, 1, device))
  })
}

/** All pages in one PDF, each a picture of its own size. */
async function packScannedPdf(
  sides: readonly CopiedSide[],
  files: PackedFile[],
  places: Map<CopiedSide, CopiedPage>,
  random: Random,
  device: Device,
): Promise<void> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const name = random.fork('names').pick(['扫描件.pdf', '材料.pdf', 'SCAN0001.pdf'])
  for (const [i, side] of sides.entries()) {
    const copy = side.copy!
    const bytes = copy.extension === 'tif' ? await sharp(copy.bytes).png().toBuffer() : copy.bytes
    // A PDF knows no EXIF orientation: the picture is turned first.
    const turned = copy.extension === 'jpg' && ((await sharp(bytes).metadata()).orientation ?? 1) !== 1
    const upright = turned ? await sharp(bytes).rotate().jpeg({ quality: 86 }).toBuffer() : bytes
    const image = copy.extension === 'jpg' ? await document.embedJpg(upright) : await document.embedPng(upright)
    const long = Math.max(image.width, image.height)
    const page = document.addPage([(image.width / long) * 842, (image.height / long) * 842])
    page.drawImage(image, { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() })
    places.set(side, copiedPage(side, copy, name, i + 1, side.side.screen ? 'screenshot' : `${device}-pdf`))
  }
  files.push({ name, bytes: Buffer.from(await document.save()) })
}

/** All pages behind one another in one TIFF; those of fax machines stay black and white (CCITT group 4). */
async function packTiff(
  sides: readonly CopiedSide[],
  files: PackedFile[],
  places: Map<CopiedSide, CopiedPage>,
  device: Device,
): Promise<void> {
  const pages: Buffer[] = []
  for (const side of sides) {
    const { bytes, extension, height } = side.copy!
    const upright = sharp(bytes).rotate()
    // One strip a page: its offset is a long value then.
    const strip = { tile: false, tileHeight: height } as const
    pages.push(
      extension === 'tif'
        ? bytes
        : await (
            device === 'fax' || device === 'bilevel'
              ? upright.toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1, ...strip })
              : upright.tiff({ compression: 'jpeg', quality: 82, ...strip })
          ).toBuffer(),
    )
    places.set(side, copiedPage(side, side.copy!, 'FAX0001.tif', pages.length, device))
  }
  files.push({ name: 'FAX0001.tif', bytes: joinTiffs(pages) })
}

/** The first pages as a PDF, each of the others in the format of whatever program saved it. */
async function packMixed(
  sides: readonly CopiedSide[],
  files: PackedFile[],
  places: Map<CopiedSide, CopiedPage>,
  random: Random,
  device: Device,
): Promise<void> {
  const half = Math.ceil(sides.length / 2)
  await packScannedPdf(sides.slice(0, half), files, places, random, device)
  for (const [i, side] of sides.slice(half).entries()) {
    const copy = side.copy!
    const format = random.fork(`format-${i}`).pick(['webp', 'bmp', 'png', 'tif', 'jpg'] as const)
    const upright = sharp(copy.bytes).rotate().toColourspace('srgb').removeAlpha()
    const name = `${random.fork('names').pick(['图片', '新建文件', 'scan'])}${i + 1}.${format}`
    const { data, info } = await upright.clone().raw().toBuffer({ resolveWithObject: true })
    const bytes =
      format === 'bmp'
        ? writeBitmap(data, info.width, info.height)
        : await (
            format === 'webp'
              ? upright.webp({ quality: 80 })
              : format === 'png'
                ? upright.png()
                : format === 'tif'
                  ? upright.tiff({ compression: 'lzw' })
                  : upright.jpeg({ quality: 84 })
          ).toBuffer()
    files.push({ name, bytes })
    places.set(side, copiedPage(side, copy, name, 1, device))
  }
}

/** Copies of cards and licences are mostly pictures on a page; a form may have been filled in on the screen. */
function makingOf(side: CopiedSide, group: number, random: Random): PageMaking {
  const chance = random.fork(`making-${group}-${side.paper.role}`)
  const copied = ['identity-document', 'business-licence', 'payment-proof'].includes(side.paper.kind)
  if (copied) return chance.chance(0.7) ? 'picture' : 'text'
  return side.paper.kind !== 'unknown' && chance.chance(0.25) ? 'form' : 'text'
}

async function packDigital(
  sides: readonly CopiedSide[],
  files: PackedFile[],
  places: Map<CopiedSide, CopiedPage>,
  random: Random,
  together: boolean,
): Promise<void> {
  const papers = sides.filter((side) => side.copy === null)
  const groups = together ? [papers] : papers.map((side) => [side])
  for (const [i, group] of groups.entries()) {
    const name = together
      ? '全部材料.pdf'
      : `${i + 1}.${group[0]!.paper.role}${group[0]!.paper.sides.length > 1 ? `_${group[0]!.index + 1}` : ''}.pdf`
    const pages = group.map((side) => ({ side: side.side, drawing: side.drawing, making: makingOf(side, i, random) }))
    const { bytes, sheets } = await writeDigitalPdf(pages, random.fork(`mend-${i}`).chance(0.8))
    files.push({ name, bytes })
    group.forEach((side, at) => {
      const { width, height } = side.side
      const { making } = pages[at]!
      const place = ([x, y]: readonly [number, number]): readonly [number, number] => [x / width, y / height]
      places.set(side, {
        sheet: sheets[at]!,
        place,
        color: true,
        source: making === 'text' ? 'text-layer' : making === 'form' ? 'acroform' : 'ocr',
        page: {
          file: name,
          page: at + 1,
          rotation: 0,
          device: making === 'text' ? 'digital' : `digital-${making}`,
          corners: cornersOf(width, height, place),
        },
      })
    })
  }
  for (const side of sides) {
    if (side.copy === null) continue
    const name = `支付截图_${side.index + 1}.${side.copy.extension}`
    files.push({ name, bytes: side.copy.bytes })
    places.set(side, copiedPage(side, side.copy, name, 1, 'screenshot'))
  }
}

/** Writes the files as a folder, a zip or a mail; returns what stands before a file's name in its way in. */
async function placeFiles(
  files: readonly PackedFile[],
  folder: string,
  options: WritingOptions,
  submission: ComposedSubmission,
  random: Random,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  if (options.packaging === 'zip') {
    await writeFile(join(folder, '材料.zip'), await zip(files, options.today))
    return '材料.zip!/'
  }
  if (options.packaging === 'eml') {
    await writeFile(join(folder, '来信.eml'), await mail(files, options, submission, random))
    return '来信.eml!/'
  }
  for (const file of files) await writeFile(join(folder, file.name), file.bytes)
  return ''
}

async function zip(files: readonly PackedFile[], today: string): Promise<Buffer> {
  const archive = new yazl.ZipFile()
  for (const file of files) archive.addBuffer(file.bytes, file.name, { mtime: new Date(`${today}T08:00:00Z`), compress: false })
  archive.end()
  const chunks: Buffer[] = []
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function mail(
  files: readonly PackedFile[],
  options: WritingOptions,
  submission: ComposedSubmission,
  random: Random,
): Promise<Buffer> {
  const names = random.fork('mail')
  const gbk = names.chance(0.5)
  const sender = `guanwu${names.digits(4)}@${names.pick(['163.example', 'qq.example', 'trade.example'])}`
  const composer = new MailComposer({
    from: { name: submission.enterprise.name, address: sender },
    to: 'xmport@189.cn',
    subject: `${submission.enterprise.name}—${submission.service === 'reader' ? '读卡器领取材料' : '电子口岸业务材料'}`,
    text: `您好：\n附件是我司的办理材料，请查收。\n\n${submission.enterprise.name}\n${submission.enterprise.landline}`,
    date: new Date(`${options.today}T01:${names.whole(10, 59)}:00Z`),
    messageId: `<${names.digits(14)}@${sender.split('@')[1]}>`,
    baseBoundary: `zhika-${names.digits(12)}`,
    attachments: files.map((file, i) => ({
      filename: gbk ? `ATTACHED-NAME-${i}` : file.name,
      content: file.bytes,
      contentType: contentType(file.name),
    })),
  })
  let bytes = await composer.compile().build()
  if (gbk) {
    // Some mail programs of the country still name attachments in GBK.
    let text = bytes.toString('latin1')
    files.forEach((file, i) => {
      text = text.replaceAll(`ATTACHED-NAME-${i}`, `"=?GBK?B?${iconv.encode(file.name, 'gbk').toString('base64')}?="`)
    })
    bytes = Buffer.from(text, 'latin1')
  }
  return bytes
}

function contentType(name: string): string {
  return name.endsWith('.pdf')
    ? 'application/pdf'
    : name.endsWith('.png')
      ? 'image/png'
      : name.endsWith('.tif')
        ? 'image/tiff'
        : 'image/jpeg'
}
