/** An expected outcome is a value: either what was asked for, or why not, in a stable code and a Chinese sentence. */
export type Result<Value> = { readonly ok: true; readonly value: Value } | Refusal

export interface Refusal {
  readonly ok: false
  readonly code: string
  readonly message: string
}

export const done = <Value>(value: Value): Result<Value> => ({ ok: true, value })
export const refuse = (code: string, message: string): Refusal => ({ ok: false, code, message })
