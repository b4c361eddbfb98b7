/** What a person would read in an HTML mail. Only ever shown as plain text, so nothing need be sanitised. */

const longestHtml = 500_000

const entities: Record<string, string> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  ldquo: '“',
  rdquo: '”',
  middot: '·',
}

export function readHtmlText(html: string): string {
  return html
    .slice(0, longestHtml)
    .replace(/<(style|script|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/giu, '')
    .replace(/<!--[\s\S]*?(?:-->|$)/gu, '')
    .replace(/[\s\u00a0]+/gu, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d|\/table)\b[^<>]*>/giu, '\n')
    .replace(/<\/t[dh]\s*>/giu, ' ')
    .replace(/<[^<>]*>/gu, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/giu, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return entities[name.toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
}
