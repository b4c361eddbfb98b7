/** The number of the next item, read on behind a card's number: 8600123456789 3.□. */

/** How many letters at the end of a text are an item's number with its point or brackets, and its box. */
export const lengthOfOrdinal = (text: string): number =>
  /(?:\(\d{1,2}\)|(?:(?<!\d)\d{2}|\d)[.．、])[口囗□○〇O0]?$/u.exec(text)?.[0].length ?? 0
