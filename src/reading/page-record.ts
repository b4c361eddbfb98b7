/** What is remembered of a page once it has been read, so that it is not read again. */
import { z } from 'zod'
import { box, documentPage, fieldValue, seal } from '../flow.ts'
import { documentKinds } from '../guide/papers.ts'
import { printCells } from './seals/take-print.ts'

/** Raised whenever a page would be read differently: older records are then not used. */
export const readerVersion = '235'

/** A byte a cell as base64: four letters for three bytes. */
const mostOfPrint = Math.ceil((printCells.angles * printCells.radii) / 3) * 4

const lattice = z.array(z.object({ at: z.number(), costs: z.array(z.tuple([z.string(), z.number()])) }))

const fields = z.record(z.string(), fieldValue.omit({ page: true }))

const paperOnPage = z.object({
  kind: z.enum(documentKinds),
  confidence: z.number(),
  fields,
  seals: z.array(
    seal.omit({ page: true }).extend({ box, looks: z.array(lattice).optional(), print: z.string().max(mostOfPrint).optional() }),
  ),
  part: z.enum(['front', 'back', 'both', 'continued']).optional(),
  continues: z.array(z.object({ kind: z.enum(documentKinds), fields })).optional(),
  strangeCode: z.enum(documentKinds).optional(),
  branch: z.string().optional(),
  captions: z.array(z.string()).optional(),
  isBesideOthers: z.literal(true).optional(),
  writing: z
    .record(
      z.string(),
      z.object({
        looks: z.array(lattice),
        isPrint: z.literal(true).optional(),
        length: z.number().optional(),
        figures: z.array(z.object({ picture: z.string().max(256), letter: z.number() })).optional(),
      }),
    )
    .optional(),
})

export const pageRecord = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('read'),
    rotation: documentPage.shape.rotation,
    papers: z.array(paperOnPage),
    image: documentPage.shape.image,
    isTruncated: z.boolean(),
    gray: documentPage.shape.gray,
    black: documentPage.shape.black,
    redMark: documentPage.shape.redMark,
  }),
  z.object({ outcome: z.literal('blank') }),
  z.object({ outcome: z.literal('cover'), parcel: z.string() }),
  z.object({ outcome: z.literal('refused'), code: z.string(), message: z.string() }),
])
export type PageRecord = z.infer<typeof pageRecord>
