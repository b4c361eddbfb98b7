/** Every reason why a part is not handed on to reading, with the one sentence that tells the sender what to do. */
import type { Problem } from '../../flow.ts'
import { office } from '../../guide/office.ts'

const sentences = {
  empty: (name: string) => `“${name}”是空文件，请重新发送。`,
  encrypted: (name: string) => `“${name}”设有密码，无法打开，请去掉密码后重新发送。`,
  'archive-damaged': (name: string) => `“${name}”已损坏或没有传完，请重新压缩后发送，或直接发送里面的文件。`,
  'archive-volume': (name: string) => `“${name}”是分卷压缩包的一部分，打不开，请不要分卷压缩，直接发送里面的文件，放不下时分几封邮件发送。`,
  'archive-unsupported': (name: string) => `“${name}”的压缩方式无法打开，请直接发送里面的文件，或改用普通 ZIP 压缩后重新发送。`,
  'archive-empty': (name: string) => `“${name}”里没有文件，请放入材料后重新发送。`,
  'archive-bomb': (name: string) => `“${name}”解压后大得异常，已停止解压，请直接发送里面的文件。`,
  'archive-too-deep': (name: string) => `“${name}”压缩包套得太深，请解压后直接发送里面的文件。`,
  'mail-too-deep': (name: string) => `“${name}”邮件转发层数太多，请直接把材料作为附件发送。`,
  'too-many-files': (name: string) => `“${name}”里的文件太多，超出的部分没有读取，请分几次发送。`,
  'too-large': (name: string) => `“${name}”太大，没有读取，请压缩图片或分几次发送。`,
  'unsafe-name': (name: string) => `压缩包里“${name}”的路径不规范，已只按文件名读取，不需要重新发送。`,
  'link-entry': (name: string) => `压缩包里的“${name}”是快捷方式，不是文件，请发送文件本身。`,
  archive: (name: string) => `“${name}”是本系统打不开的压缩包，请解压后重新发送里面的文件。`,
  'word-file': (name: string) => `“${name}”是没有盖章的 Word 文件，请打印并加盖单位公章，扫描或拍照后重新发送。`,
  'excel-file': (name: string) => `“${name}”是没有盖章的 Excel 文件，请打印并加盖单位公章，扫描或拍照后重新发送。`,
  'office-file': (name: string) => `“${name}”是办公软件文件，请打印盖章后扫描，或另存为 PDF 后重新发送。`,
  'pictures-only': (name: string) => `“${name}”里只读取了图片，文字没有读取；如果文字也是材料，请打印盖章后扫描重新发送。`,
  'ofd-file': (name: string) => `“${name}”是 OFD 文件，请另存为 PDF 后重新发送。`,
  'winmail-dat': (name: string) => `“${name}”是 Outlook 专用格式，里面有附件取不出来，请把邮件格式改为“HTML”或“纯文本”后重新发送附件。`,
  'outlook-message': (name: string) => `“${name}”是 Outlook 邮件文件，请直接发送里面的附件，或另存为 EML 后重新发送。`,
  'mail-damaged': (name: string) => `“${name}”这封邮件不完整，已读取能读的部分，请核对附件，缺少的请重新发送。`,
  'mail-sealed': (name: string) => `“${name}”这封邮件整体做了加密或数字签名，附件取不出来，请关闭加密和签名后重新发送。`,
  program: (name: string) => `“${name}”是程序文件，没有打开，请直接发送材料的扫描件或照片。`,
  'signature-image': (name: string) => `邮件正文里的小图“${name}”像是签名图标，没有作为材料读取；如果是材料，请作为附件重新发送。`,
  'large-attachment-link': (name: string) => `“${name}”里的超大附件只是一个会过期的下载链接，没有读取，请把文件本身作为普通附件重新发送。`,
  'unpacking-stopped': (name: string) => `“${name}”处理时出错、时间过长或占用内存过多，已停止，请直接发送材料的扫描件或照片。`,
  'no-papers': (name: string) =>
    `“${name}”里没有材料。要办理业务的，请把盖章材料的扫描件或照片作为附件重新发送；只是咨询的，请致电 ${office.phone}。`,
} as const
export type UnpackProblemCode = keyof typeof sentences

/** `file` is the whole way in; the sentence names only the last part of it. */
export function describeProblem(code: UnpackProblemCode, file: string): Problem {
  return { file, code, message: sentences[code](lastName(file)) }
}

/** A mail from a mailbox has no name of its own that its sender would know. */
function lastName(file: string): string {
  return /^来信-[\da-f]+\.eml$/u.test(file) ? '来信' : file.split('/').at(-1) || file
}
