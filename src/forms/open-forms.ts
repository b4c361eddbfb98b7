/** The office's forms, ready to hand out. */
import type { FormKind } from '../guide/forms/form-kinds.ts'
import type { FormContents } from '../guide/forms/value-record.ts'
import type { Office } from '../guide/office.ts'
import type { Clock } from '../platform/clock.ts'
import { drawForm, type DrawnForm } from './draw-form.ts'
import { readOwnBlank } from './read-own-blank.ts'

export interface Forms {
  /** Blank, or filled in with canonical values. Throws a `Fault` when the office's own blank cannot be used. */
  draw(kind: FormKind, contents?: FormContents): Promise<DrawnForm>
}

export function openForms({ office, clock, folder }: { office: Office; clock: Clock; folder?: string | undefined }): Forms {
  return {
    async draw(kind, contents) {
      const own = folder === undefined ? undefined : await readOwnBlank(folder, kind)
      return drawForm({ kind, office, own, at: clock.now(), ...(contents ? { contents } : {}) })
    },
  }
}
