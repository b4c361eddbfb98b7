/** What reads sheets that zhika drew itself: loaded when the first of their codes comes by (`page-codes.ts`). */
export { flattenByCodes } from './flatten-by-codes.ts'
export { heedCode } from './heed-code.ts'
export { readOwnSheet, runsOfLines, runsOfPicture } from './read-own-sheet.ts'
export { readSheetCodes } from './unpack-values.ts'
