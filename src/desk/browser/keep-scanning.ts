/**
 * A scanner types wherever the focus is and presses Enter: what it types belongs in the field that waits for scans. Scans are
 * sent one after the other without leaving the page, so that none is lost while the one before is under way.
 */
import { swapRegions } from './swap-regions.ts'

export function keepScanning(): void {
  const field = document.querySelector<HTMLInputElement>('input[data-scan]')
  const form = field && field.form
  if (!field || !form) return
  field.focus()
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === ' ') return
    if (document.querySelector('dialog[open]')) return
    // The character that is being typed goes where the focus is moved to.
    if (!/^(INPUT|TEXTAREA|SELECT)$/.test((event.target as HTMLElement).tagName)) field.focus()
  })
  if (form.dataset.scans !== undefined) sendScans(form, field)
}

function sendScans(form: HTMLFormElement, field: HTMLInputElement): void {
  let sending: Promise<void> = Promise.resolve()
  form.addEventListener('submit', (event) => {
    // Another handler must not send it as a whole page.
    event.stopPropagation()
    event.preventDefault()
    const scanned = field.value
    field.value = ''
    // Nothing more to scan: the page is left the plain way, after the last scan.
    const isEnd = scanned.trim() === '' || plain(scanned) === plain(form.dataset.scans || '')
    sending = sending.then(() => (isEnd ? leave(form, field, scanned) : send(form, field, scanned)))
  })
}

const plain = (text: string) => text.replace(/[\s-]/g, '').toUpperCase()

function leave(form: HTMLFormElement, field: HTMLInputElement, scanned: string): void {
  field.value = scanned
  form.submit()
}

async function send(form: HTMLFormElement, field: HTMLInputElement, scanned: string): Promise<void> {
  try {
    const body = new URLSearchParams([[field.name, scanned]])
    const response = await fetch(form.action, { method: 'POST', headers: { 'x-desk': 'swap' }, body })
    const text = await response.text()
    if (response.status !== 200 || text.includes('class="door"')) location.reload()
    swapRegions(text)
    if (document.querySelector('.notice.refused')) buzz()
  } catch {
    // No answer: send it the plain way, so that the browser says what is wrong.
    leave(form, field, scanned)
  }
}

/** Whoever scans looks at the cards, not at the screen. */
function buzz(): void {
  try {
    const audio = new AudioContext()
    const tone = audio.createOscillator()
    tone.type = 'square'
    tone.frequency.value = 180
    tone.connect(audio.destination)
    tone.start()
    tone.stop(audio.currentTime + 0.35)
    tone.onended = () => void audio.close()
  } catch {
    // No sound here: the notice is red.
  }
}
