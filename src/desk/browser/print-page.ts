/** A button that prints the page; hidden where no script runs. */
export function printPage(): void {
  document.addEventListener('click', (event) => {
    if ((event.target as HTMLElement).closest('[data-print]')) window.print()
  })
}
