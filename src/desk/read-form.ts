/** What a form said under a name. */

/** The trimmed text, at most `longest` characters; empty when it is missing or a file. */
export function textOf(form: FormData, name: string, longest = 300): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim().slice(0, longest) : ''
}
