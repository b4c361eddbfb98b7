/**
 * The office's five forms as zhika draws and reads them: what is printed where. Millimetres from the upper left corner of
 * an A4 sheet. A version whose places have changed is another version: sheets of the old one are still under way.
 */
import { z } from 'zod'
import authorizationLetter from '../../../templates/forms/authorization-letter/form.json' with { type: 'json' }
import cancellationRequest from '../../../templates/forms/cancellation-request/form.json' with { type: 'json' }
import cardForm from '../../../templates/forms/card-form/form.json' with { type: 'json' }
import changeRequest from '../../../templates/forms/change-request/form.json' with { type: 'json' }
import registrationForm from '../../../templates/forms/registration-form/form.json' with { type: 'json' }
import { formKinds, type FormKind } from './form-kinds.ts'

const place = z.tuple([z.number(), z.number(), z.number(), z.number()])
/** Left, top, width, height in millimetres. */
export type Place = z.infer<typeof place>

const item = z.union([
  /** A printed label: the cell it fills, or, when `bare`, words without a cell. */
  z.strictObject({
    label: z.string(),
    at: place,
    bare: z.literal(true).optional(),
    heading: z.literal(true).optional(),
    align: z.enum(['left', 'right']).optional(),
  }),
  /** Room for a value: a cell, or, when `open`, a place without a frame; a `date` has 年 月 日 printed in it. */
  z.strictObject({
    field: z.string(),
    at: place,
    lines: z.number().int().optional(),
    date: z.literal(true).optional(),
    open: z.literal(true).optional(),
    hint: z.string().optional(),
  }),
  /** A check box and the words after it; `services.enrol` ticks the value `enrol` of the field `services`. */
  z.strictObject({ tick: z.string(), at: place, label: z.string() }),
  /** Other print; `{{office}}` and the like stand for what the guide says of the office. */
  z.strictObject({
    text: z.string(),
    at: place,
    size: z.number().optional(),
    bold: z.literal(true).optional(),
    gray: z.number().optional(),
    align: z.enum(['left', 'center', 'right']).optional(),
    leading: z.number().optional(),
  }),
  z.strictObject({ frame: place }),
])
export type FormItem = z.infer<typeof item>
export type FieldItem = Extract<FormItem, { field: string }>
export type TickItem = Extract<FormItem, { tick: string }>
export type LabelItem = Exclude<Extract<FormItem, { label: string }>, TickItem>

const formSheet = z.strictObject({
  kind: z.enum(formKinds),
  version: z.number().int().min(1).max(255),
  annex: z.string(),
  title: z.string(),
  /** The chapters of the guide that ask for it. */
  chapters: z.string(),
  note: z.string(),
  items: z.array(item),
})
export type FormSheet = z.infer<typeof formSheet>

export const formSheets: Readonly<Record<FormKind, FormSheet>> = {
  'registration-form': formSheet.parse(registrationForm),
  'card-form': formSheet.parse(cardForm),
  'change-request': formSheet.parse(changeRequest),
  'cancellation-request': formSheet.parse(cancellationRequest),
  'authorization-letter': formSheet.parse(authorizationLetter),
}

/** A4. */
export const sheetSize = { width: 210, height: 297 } as const

/** What stands at the same place on every form. The code of the sheet is printed twice, in opposite corners. */
export const commonPlaces = {
  annex: [20, 10.5, 40, 5],
  office: [20, 15.5, 140, 7],
  title: [20, 22, 140, 10.5],
  chapters: [20, 33, 140, 4.5],
  note: [44, 263, 50, 22],
  sheetCodes: [
    [170, 11, 20, 20],
    [20, 264, 20, 20],
  ],
  /** Right and bottom of the codes with the values, which stand beside one another up to it. */
  valueCorner: [190, 285],
} as const satisfies Record<string, Place | readonly Place[] | readonly [number, number]>

/** 45 modules of 0.66 mm: 2.7 pixels each on the smallest photos that messengers send, 3.9 on a fax. */
const valueCodeSide = 45 * 0.66

/** Where the codes with the values stand: beside one another, up to their lower right corner. */
export function valueCodePlaces(count: number, [right, bottom]: readonly [number, number] = commonPlaces.valueCorner): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const x = right - (count - index) * (valueCodeSide + 4) + 4
    return [x, bottom - valueCodeSide, valueCodeSide, valueCodeSide]
  })
}
