/** Why a file or a page was not read: a stable code and the sentence that tells the sender what to do, to be read after the file's name. */
import { refuse, type Refusal } from '../../platform/result.ts'

const sentences = {
  'empty-file': '是空文件，没有任何内容，请重新扫描或重新发送',
  'not-a-paper': '不是图片或 PDF，无法当作材料读取，请将材料扫描或拍照后重新发送',
  'unsupported-format': '的格式暂不支持，请转换为 PDF 或图片（JPG、PNG）后重新发送',
  'unsupported-video': '是视频，请把每份材料单独扫描或拍照后重新发送',
  'unsupported-word': '是 Word 文档，请打印盖章后扫描，或另存为 PDF 后重新发送',
  'unsupported-sheet': '是 Excel 表格，请打印盖章后扫描，或另存为 PDF 后重新发送',
  'unsupported-slides': '是演示文稿，请打印后扫描，或另存为 PDF 后重新发送',
  'unsupported-ofd': '是 OFD 版式文件，暂不支持，请用阅读器转换为 PDF 后重新发送',
  'unsupported-archive': '是无法打开的压缩包，请解压后直接发送其中的图片或 PDF',
  truncated: '不完整，可能在传输中中断，请重新发送',
  damaged: '已损坏，无法打开，请重新扫描或重新发送',
  encrypted: '设有密码，无法打开，请去掉密码后重新发送',
  'too-many-pages': '超过 60 页，请拆分成几个文件后重新发送',
  'too-large': '超过 50 MB，请降低扫描分辨率（300 dpi 即可）或拆分后重新发送',
  'too-many-pixels': '图片尺寸过大，请用 300 dpi 重新扫描，或缩小图片后重新发送',
  'page-time-out': '有一页处理时间过长，已停止读取，请重新扫描（300 dpi）后再发送',
  'page-too-heavy': '有一页占用内存过多，已停止读取，请重新扫描（300 dpi）后再发送',
  'page-failed': '有一页无法读取，请重新扫描后再发送；如仍不能读取，请联系办理窗口',
} as const
export type RefusalCode = keyof typeof sentences

export const refuseFile = (code: RefusalCode): Refusal => refuse(publicCode(code), sentences[code])

/** All foreign formats carry one code; the sentences differ. */
const publicCode = (code: RefusalCode) => (code.startsWith('unsupported-') ? 'unsupported-format' : code)

/** Thrown inside a worker where a page turns out unreadable; ends as a refusal. */
export class Unreadable extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode, options?: { cause?: unknown }) {
    super(code, options)
    this.code = code
  }
}

/** What a file may cost: bytes of the file, pages of a document, pixels of a picture. */
export const fileBounds = {
  bytes: 50 * 1024 * 1024,
  pages: 60,
  /** An A3 sheet at 600 dpi has 70 million. */
  pixels: 80_000_000,
  /** Pictures that must be held whole while they are decoded (progressive JPEG, interlaced PNG, WebP, GIF, HEIC, BMP). */
  wholePixels: 50_000_000,
} as const
