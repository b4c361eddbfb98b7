/** A menu that opens is for typing at once; one is open at a time. */
export function followMenu(menu: Element | null): void {
  if (!(menu instanceof HTMLDetailsElement) || !menu.open || !menu.classList.contains('menu')) return
  for (const other of Array.from(document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')))
    if (other !== menu) other.open = false
  const field = menu.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')
  if (field && document.activeElement !== field) field.focus()
}
