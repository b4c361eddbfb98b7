/** Another office's guide in place of the default one: once, before anything is opened. */
import { z } from 'zod'
import { officeShape, setOffice } from './office.ts'
import { servicesShape, setServices } from './services.ts'

const guideShape = z.strictObject({ office: officeShape, services: servicesShape })

/** Puts a guide's data in force; else says in Chinese what is wrong with it and where, and changes nothing. */
export function followGuide(
  data: unknown,
): { readonly ok: true } | { readonly ok: false; readonly place: string; readonly message: string } {
  const parsed = guideShape.safeParse(data)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    const unknown = first?.code === 'unrecognized_keys' ? first.keys[0] : undefined
    const place = [...(first?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.')
    return { ok: false, place, message: unknown === undefined ? (first?.message ?? '') : '不是可用的项目' }
  }
  setOffice(parsed.data.office)
  setServices(parsed.data.services)
  return { ok: true }
}
