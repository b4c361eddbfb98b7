/** Pictures that a mail program wrote into the HTML itself (RFC 2397), as some web mailers do with pasted screenshots. */
import { endingOf } from './judge-inline-image.ts'

const pasted = /data:image\/[\w.+-]{1,20};base64,([A-Za-z\d+/=\s]+)/giu

export function takePastedImages(html: string): { name: string; bytes: Buffer }[] {
  const images: { name: string; bytes: Buffer }[] = []
  for (const [, base64 = ''] of html.matchAll(pasted)) {
    const bytes = Buffer.from(base64, 'base64')
    images.push({ name: `正文图片-${images.length + 1}${endingOf(bytes)}`, bytes })
  }
  return images
}

/** The HTML without its pasted pictures. */
export function leaveOutPastedImages(html: string): string {
  return html.replace(pasted, '')
}
