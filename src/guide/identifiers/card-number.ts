/** Numbers of IC cards (电子口岸卡号). Their format is not published: an opaque string of capitals, digits and hyphens. */

const shape = /^[0-9A-Z-]{4,32}$/u

/** As a person types or a scanner sends it: full width, blanks and case make no difference. */
export const normalizeCardNumber = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase()

export const isCardNumber = (text: string): boolean => shape.test(text)
