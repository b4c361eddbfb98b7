/** Every action has a key, written on its button: `data-key` names it. */
import { followMenu } from './follow-menu.ts'

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (document.querySelector('dialog[open]')) return
    const target = event.target as HTMLElement
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
      if (event.key === 'Escape') target.blur()
      return
    }
    const wanted = event.key.length === 1 ? event.key.toUpperCase() : event.key
    const action = Array.from(document.querySelectorAll<HTMLElement>('[data-key]')).find((element) => element.dataset.key === wanted)
    if (!action) return
    event.preventDefault()
    if (action instanceof HTMLInputElement) {
      action.focus()
      action.select()
    } else {
      action.click()
      // `toggle` comes a moment later: what is typed meanwhile must not be lost.
      followMenu(action.parentElement)
    }
  })
}
