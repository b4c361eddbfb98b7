/** Forms that answer in place, selects that submit by themselves, files that can be dropped. */
import { followMenu } from './follow-menu.ts'
import { swapRegions } from './swap-regions.ts'

export function enhanceForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (form.dataset.swap !== undefined) {
      event.preventDefault()
      void sendInPlace(form)
      return
    }
    if (form.method === 'post' && remindUnsaved()) {
      event.preventDefault()
      return
    }
    // A second click must not send a second time.
    if (form.method === 'post' && form.dataset.sent !== undefined) event.preventDefault()
    else if (form.method === 'post') form.dataset.sent = ''
  })
  window.addEventListener('pageshow', () => {
    for (const form of Array.from(document.querySelectorAll<HTMLFormElement>('form[data-sent]'))) delete form.dataset.sent
  })
  document.addEventListener('change', (event) => {
    const field = event.target as HTMLElement
    const form = field.closest('form')
    if (!form) return
    if (field.dataset.submitOnChange !== undefined || (field.tagName === 'SELECT' && form.dataset.autoSubmit !== undefined))
      form.requestSubmit()
  })
  document.addEventListener('input', (event) => {
    const field = (event.target as HTMLElement).closest('.field')
    if (field) field.classList.add('changed')
  })
  document.addEventListener('keydown', (event) => {
    const field = event.target as HTMLElement
    const form = field.closest<HTMLFormElement>('form')
    if (!form) return
    if (event.key === 'Enter' && field.tagName === 'TEXTAREA' && (event.ctrlKey || event.metaKey || form.classList.contains('field'))) {
      event.preventDefault()
      form.requestSubmit()
    }
    if (event.key === 'Escape' && form.classList.contains('field')) {
      form.reset()
      form.classList.remove('changed')
      field.blur()
    }
  })
  // `toggle` does not bubble. What opens is for typing at once; one menu at a time.
  document.addEventListener('toggle', (event) => followMenu(event.target as Element), true)
  acceptDrops()
}

/** A decision must not leave a typed but unsaved correction behind. */
function remindUnsaved(): boolean {
  const unsaved = document.querySelector<HTMLElement>('.field.changed [data-input]')
  if (!unsaved) return false
  const dialog = document.querySelector<HTMLDialogElement>('dialog[open]')
  if (dialog) dialog.close()
  const notices = document.querySelector('.notices')
  const notice = document.createElement('p')
  notice.className = 'notice refused'
  notice.textContent = '有更正还没有保存：请按 Enter 保存，或按 Esc 放弃'
  if (notices) {
    notices.innerHTML = ''
    notices.appendChild(notice)
  }
  unsaved.focus()
  return true
}

async function sendInPlace(form: HTMLFormElement): Promise<void> {
  if (form.classList.contains('busy')) return
  form.classList.add('busy')
  try {
    const pairs = Array.from(new FormData(form).entries()).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : '',
    ])
    const response = await fetch(form.action, { method: 'POST', headers: { 'x-desk': 'swap' }, body: new URLSearchParams(pairs) })
    if (response.status === 401) location.reload()
    else {
      const text = await response.text()
      // What was refused stays as it was typed.
      if (!text.includes('class="notice refused"')) form.classList.remove('changed')
      swapRegions(text)
      // A doubt is settled: on to the next one, so that a paper is gone through by Enter alone.
      if (form.classList.contains('doubtful') && document.querySelector('.notice.done')) document.dispatchEvent(new Event('desk:settled'))
    }
  } catch {
    // No answer: send it the plain way, so that the browser says what is wrong.
    delete form.dataset.swap
    form.submit()
  } finally {
    form.classList.remove('busy')
  }
}

function acceptDrops(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-drop]')
  const input = form && form.querySelector<HTMLInputElement>('input[type=file]')
  if (!form || !input) return
  form.addEventListener('dragover', (event) => {
    event.preventDefault()
    form.classList.add('dropping')
  })
  form.addEventListener('dragleave', () => form.classList.remove('dropping'))
  form.addEventListener('drop', (event) => {
    event.preventDefault()
    form.classList.remove('dropping')
    if (!event.dataTransfer || event.dataTransfer.files.length === 0) return
    input.files = event.dataTransfer.files
    form.requestSubmit()
  })
}
