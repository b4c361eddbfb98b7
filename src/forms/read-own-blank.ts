/**
 * The office's own official blank, to be laid under zhika's fields and codes: `<kind>.pdf` in the folder of `[forms]`, and
 * beside it, when its cells stand elsewhere than on zhika's form, `<kind>.toml`:
 *
 *     version = 1
 *     codes = [[170, 11, 20], [20, 264, 20]]      # left, top, side; millimetres, like all that follows
 *     values = [190, 285]                          # right and bottom of the codes with the values
 *     [fields]
 *     enterpriseName = [56, 49, 134, 10.5]         # left, top, width, height
 *     [ticks]
 *     "services.renew" = [66, 118, 3.8]            # left, top, side
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import type { FormKind } from '../guide/forms/form-kinds.ts'
import { commonPlaces, formSheets, type FormItem, type FormSheet, type Place } from '../guide/forms/form-sheet.ts'
import { Fault } from '../platform/errors.ts'

export interface OwnBlank {
  readonly pdf: Uint8Array
  readonly form: FormSheet
  /** Tells sheets on this blank from all others; 1 to 65535. */
  readonly layout: number
  readonly codes: readonly Place[]
  /** Right and bottom of the codes with the values. */
  readonly valueCorner: readonly [number, number]
}

const across = z.number().min(0).max(210)
const down = z.number().min(0).max(297)
const square = z.tuple([across, down, z.number().min(3).max(60)])
const places = z.strictObject({
  version: z.number().int().min(1).max(255).default(1),
  codes: z.array(square).min(1).max(2).optional(),
  values: z.tuple([across, down]).optional(),
  fields: z.record(z.string(), z.tuple([across, down, z.number().min(3).max(210), z.number().min(3).max(297)])).default({}),
  ticks: z.record(z.string(), square).default({}),
})
const mostBytes = 20_000_000

/** Undefined when the office has none of this kind; throws a `Fault` that says how to mend what is there. */
export async function readOwnBlank(folder: string, kind: FormKind): Promise<OwnBlank | undefined> {
  const pdf = await readIfThere(join(folder, `${kind}.pdf`))
  if (!pdf) return undefined
  const file = join(folder, `${kind}.toml`)
  if (pdf.length > mostBytes || pdf.subarray(0, 1024).indexOf('%PDF-') < 0)
    throw new Fault('own-blank-wrong', `空白表 ${join(folder, `${kind}.pdf`)} 不是 20 MB 以内的 PDF，请更换`)
  const toml = (await readIfThere(file)) ?? Buffer.from('')
  const given = parsePlaces(file, toml.toString('utf8'))
  const digest = createHash('sha256').update(pdf).update(toml).digest()
  return {
    pdf,
    form: { ...formSheets[kind], version: given.version, items: formSheets[kind].items.flatMap((item) => moveItem(item, given)) },
    layout: digest.readUInt16BE(0) || 1,
    codes: given.codes?.map(([x, y, side]): Place => [x, y, side, side]) ?? commonPlaces.sheetCodes,
    valueCorner: given.values ?? commonPlaces.valueCorner,
  }
}

/** With places of its own, a field or box that is not named is not on the office's blank. */
function moveItem(item: FormItem, { fields, ticks }: z.infer<typeof places>): FormItem[] {
  if ('field' in item) {
    const at = fields[item.field]
    if (at) return [{ ...item, at }]
    return Object.keys(fields).length === 0 ? [item] : []
  }
  if ('tick' in item) {
    const at = ticks[item.tick]
    if (at) return [{ ...item, at: [at[0], at[1], at[2], at[2]] }]
    return Object.keys(ticks).length === 0 && Object.keys(fields).length === 0 ? [item] : []
  }
  return []
}

function parsePlaces(file: string, text: string): z.infer<typeof places> {
  try {
    return places.parse(parse(text))
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? `的 ${cause.issues[0]?.path.join('.') ?? ''} ` : ' '
    throw new Fault('own-places-wrong', `表格位置文件 ${file}${issue}不正确，请按 docs/forms.md 改正`, { cause })
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
