/** J and K (or the arrows) walk the rows of a list, Enter opens; the chosen row survives a refresh. */

export function walkRows(): void {
  const rows = () => Array.from(document.querySelectorAll<HTMLElement>('tr[data-row]'))
  if (!document.querySelector('[data-poll]')) return
  let chosen = ''
  const linkOf = (row: HTMLElement) => row.querySelector('a') as HTMLAnchorElement

  const choose = (row: HTMLElement, focus: boolean) => {
    for (const other of rows()) other.classList.toggle('chosen', other === row)
    chosen = linkOf(row).id
    if (!focus) return
    linkOf(row).focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  }
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0
    const all = rows()
    if (step === 0 || all.length === 0) return
    event.preventDefault()
    const at = all.findIndex((row) => linkOf(row).id === chosen)
    const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]
    if (next) choose(next, true)
  })
  document.addEventListener('focusin', (event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-row]')
    if (row) choose(row, false)
  })
  document.addEventListener('click', (event) => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('tr[data-row]')
    if (row && !target.closest('a, button, summary') && String(getSelection()) === '') linkOf(row).click()
  })
  document.addEventListener('desk:swapped', () => {
    const row = rows().find((each) => linkOf(each).id === chosen)
    if (row) row.classList.add('chosen')
  })
}
