/** The paper (原件): every page picture once, with fields and seals outlined over it. */
import { html } from 'hono/html'
import type { Application } from '../../application/record.ts'
import type { Box, DocumentPage, FieldValue, ReadDocument } from '../../flow.ts'
import { documentFields, documentTitles } from '../../guide/papers.ts'
import { wordsOf } from '../look/words.ts'

/** A page as the desk shows it: a sheet may carry papers of several documents. */
interface ShownPage {
  readonly page: DocumentPage
  /** Index in the document's own list of pages, for each document on it. */
  readonly documents: readonly { readonly index: number; readonly document: ReadDocument; readonly page: number }[]
}

export const pageKey = ({ file, page }: { file: string; page: number }) => `${file}\u0000${page}`
export const fieldId = (document: number, field: string) => `f-${document}-${field.replaceAll('.', '_')}`
export const markId = (document: number, field: string) => `m-${document}-${field.replaceAll('.', '_')}`

/** The pages in the order of the documents, each once. */
export function shownPages(application: Application): ShownPage[] {
  const pages = new Map<string, { page: DocumentPage; documents: { index: number; document: ReadDocument; page: number }[] }>()
  for (const [index, document] of application.documents.entries())
    for (const [at, page] of document.pages.entries()) {
      const key = pageKey(page)
      const shown = pages.get(key) ?? { page, documents: [] }
      shown.documents.push({ index, document, page: at })
      pages.set(key, shown)
    }
  return [...pages.values()]
}

export const pictureOf = (page: DocumentPage) => (page.image ? `/files/${page.image.sha256}` : undefined)

/** A value nobody should take on trust: not certain, and not settled by a clerk. */
export const isDoubtful = (field: FieldValue) => !field.certain && field.source !== 'clerk'

/** How a value is outlined on the paper: what it rests on is told by the line, not by its colour alone. */
const outlines = {
  certain: '确定',
  told: '电子文本或条码',
  clerk: '人工确认',
  doubtful: '存疑',
  unread: '未读出',
  blank: '空白',
} as const

function outlineOf(field: FieldValue): keyof typeof outlines {
  if (field.source === 'clerk') return 'clerk'
  if (!field.certain) return field.value === null ? 'unread' : 'doubtful'
  if (field.value === null) return 'blank'
  return field.source === 'ocr' ? 'certain' : 'told'
}

export function paperView(application: Application) {
  const pages = shownPages(application)
  if (pages.length === 0) return html`<section class="paper" aria-label="原件"><p class="empty">这份申请没有可显示的页面。</p></section>`
  return html`<nav class="thumbs" aria-label="页面">
      ${pages.map(
        ({ page, documents }, at) =>
          html`<a href="#page-${at}" title="${titleOf(documents)}" data-page="${at}"
            >${
              page.image
                ? html`<img
                    src="${pictureOf(page)}"
                    alt=""
                    width="60"
                    height="${Math.round((60 * page.image.height) / page.image.width)}"
                    loading="lazy"
                  />`
                : ''
            }<span>${at + 1}</span></a
          >`,
      )}
    </nav>
    <section class="paper" aria-label="原件" tabindex="0" data-paper>
      <div class="stack">${pages.map((shown, at) => sheet(shown, at, pages.length))}</div>
    </section>
    ${legend}`
}

/** What the lines over the paper mean; each sample is drawn as on the page. */
const legend = html`<ul class="legend" aria-label="标注图例">
  ${Object.entries(outlines).map(
    ([name, title]) =>
      html`<li>
        <svg viewBox="0 0 26 14" aria-hidden="true">
          <g class="line-${name}"><rect x="2" y="2" width="22" height="10" rx="2"></rect></g></svg
        >${title}
      </li>`,
  )}
  <li>
    <svg viewBox="0 0 26 14" aria-hidden="true"><ellipse class="line-seal" cx="13" cy="7" rx="6" ry="6"></ellipse></svg>公章
  </li>
  <li>
    <svg viewBox="0 0 26 14" aria-hidden="true"><ellipse class="line-other-seal" cx="13" cy="7" rx="6" ry="6"></ellipse></svg>其他印记
  </li>
</ul>`

const titleOf = (documents: ShownPage['documents']) => documents.map(({ document }) => documentTitles[document.kind]).join('、')

function sheet({ page, documents }: ShownPage, at: number, all: number) {
  return html`<figure class="sheet" id="page-${at}" data-documents="${documents.map(({ index }) => index).join(' ')}">
    <figcaption>
      ${at + 1} / ${all} <b>${titleOf(documents)}</b> <span class="muted">${page.file}${page.page > 1 ? ` 第 ${page.page} 页` : ''}</span>
    </figcaption>
    ${
      page.image
        ? html`<div class="picture">
            <img
              src="${pictureOf(page)}"
              alt="${titleOf(documents)}，第 ${at + 1} 页"
              width="${page.image.width}"
              height="${page.image.height}"
              ${at > 1 ? html` loading="lazy"` : ''}
              draggable="false"
            />
            <svg data-region="marks-${at}" viewBox="0 0 ${page.image.width} ${page.image.height}" preserveAspectRatio="none">
              ${documents.map((on) => marks(on, page.image!))}
            </svg>
          </div>`
        : html`<p class="empty">这一页没有图像。</p>`
    }
  </figure>`
}

const roleTitles = { company: '公章', special: '专用章', other: '其他印记' } as const

function marks({ index, document, page }: ShownPage['documents'][number], size: { width: number; height: number }) {
  const labels = new Map(documentFields[document.kind].map((definition) => [definition.name, definition]))
  // As large as small print on a sheet of A4.
  const textSize = Math.round(Math.min(size.width, size.height) / 62)
  return html`${document.seals
    .filter((seal) => seal.page === page)
    .map((seal) => {
      const [x, y, width, height] = inPixels(seal.box, size)
      const company = (seal.role ?? 'company') === 'company'
      const says = seal.text ?? (seal.liesOn ? `环文未读出，似“${seal.liesOn}”` : '环文未读出')
      return html`<ellipse
          class="seal line-${company ? 'seal' : 'other-seal'}"
          cx="${x + width / 2}"
          cy="${y + height / 2}"
          rx="${width / 2}"
          ry="${height / 2}"
          ><title>${roleTitles[seal.role ?? 'company']}：${says}</title></ellipse
        ><text
          class="seal-text${company ? '' : ' other'}"
          x="${x + width / 2}"
          y="${Math.min(size.height - 8, y + height + textSize)}"
          font-size="${textSize}"
          text-anchor="middle"
          aria-hidden="true"
          >${says}</text
        >`
    })}${Object.entries(document.fields)
    .filter(([, field]) => field.page === page && field.box !== null)
    .map(([name, field]) => {
      const [x, y, width, height] = inPixels(field.box!, size)
      const definition = labels.get(name)
      return html`<a
        href="#${fieldId(index, name)}"
        id="${markId(index, name)}"
        class="mark${isDoubtful(field) ? ' doubtful' : ''} line-${outlineOf(field)}"
        data-field="${fieldId(index, name)}"
        ><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"></rect
        ><title>
          ${definition?.label ?? name}：${wordsOf(field.value, definition?.type ?? 'text') || '—'}（${outlines[outlineOf(field)]}）
        </title></a
      >`
    })}`
}

function inPixels([x, y, width, height]: Box, size: { width: number; height: number }): [number, number, number, number] {
  return [Math.round(x * size.width), Math.round(y * size.height), Math.round(width * size.width), Math.round(height * size.height)]
}

/** The piece of the paper that a value was read from, so that value and ink stand side by side. */
export function crop(page: DocumentPage | undefined, box: Box | null) {
  if (!page?.image || !box) return ''
  const { width, height } = page.image
  const [left, top, wide, high] = inPixels(box, page.image)
  // Some paper around it: a clipped stroke is what the clerk looks for.
  const margin = Math.round(high * 0.15)
  const x = Math.max(0, left - margin)
  const y = Math.max(0, top - margin)
  return html`<svg
    class="crop"
    viewBox="${x} ${y} ${Math.min(width - x, wide + 2 * margin)} ${Math.min(height - y, high + 2 * margin)}"
    preserveAspectRatio="xMinYMid meet"
    aria-hidden="true"
  >
    <image href="${pictureOf(page)}" width="${width}" height="${height}" />
  </svg>`
}
