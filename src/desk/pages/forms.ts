/** The office's five forms to hand out (表格下载): a small picture of each, and its PDF with fields to fill in. */
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { formKinds, type FormKind } from '../../guide/forms/form-kinds.ts'
import { commonPlaces, formSheets, sheetSize, type FormItem, type Place } from '../../guide/forms/form-sheet.ts'
import { documentTitles } from '../../guide/papers.ts'
import type { Desk, DeskEnvironment } from '../desk.ts'

export function addFormPages(app: Hono<DeskEnvironment>, desk: Desk): void {
  app.get('/forms', async (c) =>
    desk.show(c, {
      title: '表格下载',
      section: 'forms',
      body: html`<div class="page-head"><h1>表格下载</h1></div>
        <p class="muted">可在电脑上填写，也可打印后手写。交回的表格凭表上的二维码识别。</p>
        <ul class="form-sheets">
          ${formKinds.map(
            (kind) =>
              html`<li>
                <a href="/forms/${kind}.pdf" download="${documentTitles[kind]}.pdf">
                  ${preview(kind)}
                  <b>${documentTitles[kind]}</b>
                </a>
                <span class="muted">${formSheets[kind].annex} · ${formSheets[kind].chapters}</span>
              </li>`,
          )}
        </ul>`,
    }),
  )
  app.get('/forms/:file{[a-z-]+\\.pdf}', async (c) => {
    const kind = formKinds.find((one) => c.req.param('file') === `${one}.pdf`)
    if (!kind) return c.notFound()
    const { bytes } = await desk.forms.draw(kind)
    const name = encodeURIComponent(`${documentTitles[kind]}.pdf`)
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${kind}.pdf"; filename*=UTF-8''${name}`,
      'cache-control': 'private, no-cache',
    })
  })
}

/** The cells of the sheet in lines: the same data that the PDF is drawn from. */
function preview(kind: FormKind) {
  const box = ([x, y, width, height]: Place, look: string) =>
    html`<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}"></rect>`
  const [x, y, , height] = commonPlaces.title
  return html`<svg viewBox="0 0 ${sheetSize.width} ${sheetSize.height}" aria-hidden="true" focusable="false">
    <rect class="paper" width="${sheetSize.width}" height="${sheetSize.height}"></rect>
    <text x="${x}" y="${y + height * 0.8}">${formSheets[kind].title}</text>
    ${formSheets[kind].items.map((item) => drawItem(item, box))} ${commonPlaces.sheetCodes.map((place) => box([...place], 'ink'))}
  </svg>`
}

function drawItem<Drawn>(item: FormItem, box: (place: Place, look: string) => Drawn): Drawn | string {
  if ('frame' in item) return box(item.frame, 'cell')
  if ('tick' in item) return box(item.at, 'cell')
  if ('field' in item) return item.open ? '' : box(item.at, 'cell')
  return 'label' in item && !item.bare ? box(item.at, 'label') : ''
}
