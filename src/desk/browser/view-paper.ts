/** The paper: zoom, drag, pages by key, and the thread between a value and its place on the page. */

const zoomSteps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4]

export function viewPaper(): void {
  const paper = document.querySelector<HTMLElement>('[data-paper]')
  const stack = paper && paper.querySelector<HTMLElement>('.stack')
  if (!paper || !stack) return
  zoomWith(paper, stack)
  dragWith(paper)
  turnPages(paper)
  hideOutlines()
  document.addEventListener('desk:settled', () => {
    if (document.querySelector('.field.doubtful')) editNextDoubt()
  })
  threadValues(paper)
}

function zoomWith(paper: HTMLElement, stack: HTMLElement): void {
  let at = zoomSteps.indexOf(1)
  const fit = at
  const zoomTo = (next: number) => {
    const to = Math.min(zoomSteps.length - 1, Math.max(0, next))
    if (to === at) return
    // The middle of what is seen stays in the middle.
    const x = (paper.scrollLeft + paper.clientWidth / 2) / stack.offsetWidth
    const y = (paper.scrollTop + paper.clientHeight / 2) / stack.offsetHeight
    at = to
    const width = `${(zoomSteps[at] as number) * 100}%`
    stack.style.width = width
    stack.style.minWidth = width
    paper.scrollLeft = x * stack.offsetWidth - paper.clientWidth / 2
    paper.scrollTop = y * stack.offsetHeight - paper.clientHeight / 2
    keep('zoom', String(at))
  }
  const bar = document.createElement('div')
  bar.className = 'zoom'
  for (const [sign, title, key, go] of [
    ['＋', '放大', '+', () => zoomTo(at + 1)],
    ['－', '缩小', '-', () => zoomTo(at - 1)],
    ['↔', '适合宽度', '0', () => zoomTo(fit)],
  ] as const) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'quiet'
    button.textContent = sign
    button.title = `${title} (${key})`
    button.dataset.key = key
    button.addEventListener('click', go)
    bar.appendChild(button)
  }
  ;(paper.parentElement as HTMLElement).appendChild(bar)
  const kept = Number(recall('zoom'))
  if (kept > 0 && kept < zoomSteps.length) zoomTo(kept)
  paper.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      zoomTo(at + (event.deltaY < 0 ? 1 : -1))
    },
    { passive: false },
  )
  document.addEventListener('keydown', (event) => {
    if (event.key === '=' && !/^(INPUT|TEXTAREA|SELECT)$/.test((event.target as HTMLElement).tagName)) zoomTo(at + 1)
  })
}

function dragWith(paper: HTMLElement): void {
  let from: { x: number; y: number; left: number; top: number } | undefined
  paper.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0 || (event.target as Element).closest('a, button')) return
    from = { x: event.clientX, y: event.clientY, left: paper.scrollLeft, top: paper.scrollTop }
  })
  window.addEventListener('pointermove', (event) => {
    if (!from) return
    paper.classList.add('dragging')
    paper.scrollLeft = from.left - (event.clientX - from.x)
    paper.scrollTop = from.top - (event.clientY - from.y)
  })
  window.addEventListener('pointerup', () => {
    from = undefined
    paper.classList.remove('dragging')
  })
}

function turnPages(paper: HTMLElement): void {
  const sheets = Array.from(paper.querySelectorAll<HTMLElement>('.sheet'))
  const thumbs = Array.from(document.querySelectorAll<HTMLElement>('.thumbs a'))
  let current = -1
  const topOf = (sheet: HTMLElement) => sheet.getBoundingClientRect().top - paper.getBoundingClientRect().top
  const mark = () => {
    let at = 0
    sheets.forEach((sheet, index) => {
      if (topOf(sheet) < paper.clientHeight / 3) at = index
    })
    if (at === current) return
    current = at
    thumbs.forEach((thumb, index) => thumb.classList.toggle('current', index === at))
    const thumb = thumbs[at]
    if (thumb) thumb.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const goTo = (at: number) => {
    const sheet = sheets[Math.min(sheets.length - 1, Math.max(0, at))]
    if (!sheet) return
    paper.scrollTop += topOf(sheet) - 8
    mark()
    showDocument((sheet.dataset.documents || '').split(' ')[0])
  }
  const bar = document.querySelector('.zoom')
  for (const [title, key, step] of [
    ['下一页', 'N', 1],
    ['上一页', 'P', -1],
  ] as const) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'quiet turn'
    button.innerHTML = `${title} <kbd>${key}</kbd>`
    button.dataset.key = key
    button.addEventListener('click', () => goTo(current + step))
    if (bar) bar.insertBefore(button, bar.firstChild)
  }
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-edit]')) editNextDoubt()
  })
  paper.addEventListener('scroll', mark, { passive: true })
  mark()
  thumbs.forEach((thumb, index) =>
    thumb.addEventListener('click', (event) => {
      event.preventDefault()
      goTo(index)
    }),
  )
  document.addEventListener('keydown', (event) => {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test((event.target as HTMLElement).tagName) || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('dialog[open]')) return
    if (event.key === 'PageDown') goTo(current + 1)
    else if (event.key === 'PageUp') goTo(current - 1)
    else return
    event.preventDefault()
  })
}

/** O takes the outlines off the paper and puts them back; the place of the value in hand is always shown. */
function hideOutlines(): void {
  const view = document.querySelector('.application')
  const bar = document.querySelector('.zoom')
  if (!view || !bar) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet turn'
  button.innerHTML = '标注 <kbd>O</kbd>'
  button.title = '显示或隐藏纸面上的标注 (O)'
  button.dataset.key = 'O'
  const show = (shown: boolean) => {
    view.classList.toggle('unmarked', !shown)
    button.setAttribute('aria-pressed', String(shown))
    keep('outlines', shown ? '' : 'off')
  }
  button.addEventListener('click', () => show(view.classList.contains('unmarked')))
  show(recall('outlines') !== 'off')
  bar.insertBefore(button, bar.firstChild)
}

/** The values of the paper that came into view. */
function showDocument(index: string | undefined): void {
  const section = index === undefined ? null : document.getElementById(`d-${index}`)
  const facts = document.querySelector<HTMLElement>('.facts')
  if (section && facts) facts.scrollTop += section.getBoundingClientRect().top - facts.getBoundingClientRect().top
}

/** E goes to the next doubtful value, or to the next value at all where none is in doubt. */
function editNextDoubt(): void {
  const doubtful = Array.from(document.querySelectorAll<HTMLElement>('.field.doubtful [data-input]'))
  const inputs = doubtful.length > 0 ? doubtful : Array.from(document.querySelectorAll<HTMLElement>('.field [data-input]'))
  const from = last === '' ? null : document.getElementById(last)
  const after = from && inputs.find((input) => Boolean(from.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING))
  const next = after || inputs[0]
  if (!next) return
  openAround(next)
  next.focus()
}

/** A value in a folded part is shown before it gets the focus. */
function openAround(element: Element): void {
  for (let at = element.closest('details'); at; at = at.parentElement ? at.parentElement.closest('details') : null)
    if (!at.open && element !== at.querySelector('summary')) at.open = true
}

let last = ''

function threadValues(paper: HTMLElement): void {
  const markOf = (form: Element | null) => (form ? document.getElementById((form as HTMLElement).dataset.mark || '') : null)
  const light = (mark: Element | null) => {
    for (const lit of Array.from(document.querySelectorAll('.mark.lit'))) lit.classList.remove('lit')
    if (mark) mark.classList.add('lit')
  }
  const reveal = (mark: Element | null) => {
    if (!mark) return
    const place = mark.getBoundingClientRect()
    const view = paper.getBoundingClientRect()
    if (place.top < view.top + 40 || place.bottom > view.bottom - 40) paper.scrollTop += place.top - view.top - view.height / 3
    if (place.left < view.left || place.right > view.right) paper.scrollLeft += place.left - view.left - 40
  }
  document.addEventListener('focusin', (event) => {
    const target = event.target as Element
    const form = target.closest('.field')
    if (!form) return
    if (target.id) last = target.id
    light(markOf(form))
    reveal(markOf(form))
  })
  document.addEventListener('mouseover', (event) => {
    const form = (event.target as Element).closest('.field')
    if (form) light(markOf(form))
  })
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a')
    const anchor = link && link.getAttribute('href')
    if (!link || !anchor || anchor[0] !== '#') return
    const target = document.getElementById(decodeURIComponent(anchor.slice(1)))
    if (!target) return
    event.preventDefault()
    if (target.classList.contains('mark')) {
      light(target)
      reveal(target)
      const field = document.getElementById((target as HTMLElement).dataset.field || '')
      if (field) {
        openAround(field)
        field.focus()
      }
    } else if (target.classList.contains('sheet'))
      paper.scrollTop += target.getBoundingClientRect().top - paper.getBoundingClientRect().top - 8
    else if (target.id[0] === 'd') showDocument(target.id.slice(2))
    else {
      openAround(target)
      target.focus()
    }
  })
}

/** Small comforts that outlive a page; a browser may refuse to keep them. */
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`desk.${name}`, value)
  } catch {
    // Nothing is lost but the comfort.
  }
}

function recall(name: string): string {
  try {
    return localStorage.getItem(`desk.${name}`) || ''
  } catch {
    return ''
  }
}
