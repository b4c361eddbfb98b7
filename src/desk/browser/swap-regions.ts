/** Parts of the page that are replaced by newer ones from the server; focus, half-typed text and open drawers stay. */

/** Puts the named regions of `text`, a whole page, in place of ours. */
export function swapRegions(text: string, only?: readonly string[]): void {
  const fresh = new DOMParser().parseFromString(text, 'text/html')
  const focused = document.activeElement ? document.activeElement.id : ''
  const selection = readSelection()
  for (const region of Array.from(document.querySelectorAll<HTMLElement>('[data-region]'))) {
    const name = region.dataset.region || ''
    if (only && !only.includes(name)) continue
    const newer = fresh.querySelector<HTMLElement>(`[data-region="${name}"]`)
    if (!newer || newer.outerHTML === region.outerHTML) continue
    const opened = Array.from(region.querySelectorAll('details')).map((details) => details.open)
    const scroll = region.scrollTop
    const typed = Array.from(region.querySelectorAll<HTMLInputElement>('.field.changed [data-input]')).map(
      (input) => [input.id, input.value] as const,
    )
    region.innerHTML = newer.innerHTML
    for (const [id, value] of typed) typeAgain(id, value)
    Array.from(region.querySelectorAll('details')).forEach((details, at) => {
      if (opened[at]) details.open = true
    })
    region.scrollTop = scroll
  }
  const again = focused ? document.getElementById(focused) : null
  if (again && again !== document.activeElement) {
    again.focus({ preventScroll: true })
    if (selection && again instanceof HTMLInputElement && again.type === 'text') again.setSelectionRange(selection[0], selection[1])
  }
  document.dispatchEvent(new Event('desk:swapped'))
}

/** Text that was typed but not saved outlives the refresh. */
function typeAgain(id: string, value: string): void {
  const input = document.getElementById(id)
  const form = input && input.closest('.field')
  if (!form || !input || !('value' in input)) return
  ;(input as HTMLInputElement).value = value
  form.classList.add('changed')
}

function readSelection(): [number, number] | undefined {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement) || field.selectionStart === null) return undefined
  return [field.selectionStart, field.selectionEnd || field.selectionStart]
}

/** Asks again every `data-poll` seconds while the page is seen; an unchanged page costs a 304. */
export function pollRegions(): void {
  const polled = document.querySelector<HTMLElement>('[data-poll]')
  if (!polled) return
  let tag = ''
  const ask = async () => {
    if (document.hidden || document.querySelector('dialog[open]')) return
    const response = await fetch(location.href, {
      headers: { 'x-desk': 'poll', ...(tag ? { 'if-none-match': tag } : {}) },
      cache: 'no-store',
    })
    if (response.status === 401) location.reload()
    if (response.status !== 200) return
    tag = response.headers.get('etag') || ''
    swapRegions(await response.text(), ['rows', 'summary', 'navigation'])
  }
  window.setInterval(
    () => {
      // The office's network may be away for a moment: the next turn tries again.
      ask().catch(() => undefined)
    },
    Number(polled.dataset.poll) * 1000,
  )
}
