/** Decision forms open over the paper; a browser without dialogs goes to their page. */

export function openDialogs(): void {
  const dialog = document.getElementById('dialog') as HTMLDialogElement | null
  if (!dialog || typeof dialog.showModal !== 'function') return
  document.addEventListener('click', (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (link.dataset.close !== undefined && link.closest('dialog')) {
      event.preventDefault()
      dialog.close()
    }
    if (link.dataset.dialog !== undefined) {
      event.preventDefault()
      show(dialog, link.href).catch(() => location.assign(link.href))
    }
  })
  // The paper behind a dialog must not follow keys meant for it.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
}

async function show(dialog: HTMLDialogElement, address: string): Promise<void> {
  const response = await fetch(address, { headers: { 'x-desk': 'dialog' } })
  const form = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector<HTMLElement>('[data-dialog-body]')
  if (!response.ok || !form) throw new Error('no form')
  dialog.innerHTML = ''
  dialog.appendChild(document.importNode(form, true))
  dialog.showModal()
  const first = dialog.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button')
  if (first) first.focus()
  const area = dialog.querySelector('textarea')
  if (area)
    area.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) (dialog.querySelector('form') as HTMLFormElement).requestSubmit()
    })
}
