/** The field that waits for scans: it has the focus, and keeps it (`browser/keep-scanning.ts`). */
import { html } from 'hono/html'

export interface ScanField {
  readonly label: string
  readonly name: string
  readonly hint: string
  readonly value?: string
  /** Where an empty field means something, too: that nothing more is to be scanned. */
  readonly mayBeEmpty?: boolean
}

export const scanField = ({ label, name, hint, value = '', mayBeEmpty = false }: ScanField) =>
  html`<label class="scan-field"
    ><span>${label}</span
    ><input
      id="scan"
      class="number"
      name="${name}"
      value="${value}"
      data-scan
      ${mayBeEmpty ? '' : html` required`}
      maxlength="60"
      autocomplete="off"
      autofocus
      spellcheck="false"
      placeholder="${hint}"
  /></label>`
