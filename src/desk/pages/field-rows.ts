/** The values read from one paper, each beside its ink, each to be mended in place. */
import { html } from 'hono/html'
import type { Application } from '../../application/record.ts'
import type { FieldValue, ReadDocument } from '../../flow.ts'
import { evidenceSummary } from '../../guide/evidence-words.ts'
import { documentFields, documentKinds, documentTitles, serviceCodes, serviceTitles, type FieldDefinition } from '../../guide/papers.ts'
import type { Html } from '../look/page-frame.ts'
import { wordsOf } from '../look/words.ts'
import { crop, fieldId, isDoubtful, markId } from './paper-view.ts'

/** `hidden` holds what every form of the page sends along: the version on the screen and the list it came from. */
export function documentSection(application: Application, index: number, editable: boolean, hidden: unknown) {
  const document = application.documents[index]!
  const definitions = documentFields[document.kind]
  const extra = Object.keys(document.fields).filter((name) => !definitions.some((definition) => definition.name === name))
  const doubtful = Object.values(document.fields).filter(isDoubtful).length
  const row = (definition: FieldDefinition) => fieldRow(application, index, document, definition, editable, hidden)
  const blank = definitions.filter(({ name }) => isSurelyBlank(document.fields[name]))
  const folded = blank.length > 3 ? blank : []
  return html`<section class="document" id="d-${index}">
    <header>
      ${editable ? kindForm(application, index, document, hidden) : html`<h2>${documentTitles[document.kind]}</h2>`}
      ${doubtful > 0 ? html`<span class="tag amber">${doubtful} 处存疑</span>` : ''}${sealWords(document)}
    </header>
    ${inGroups(
      definitions.filter((definition) => !folded.includes(definition)),
      row,
    )}
    ${extra.map((name) => fieldRow(application, index, document, { name, type: 'text', label: name }, false, hidden))}
    ${
      folded.length > 0
        ? html`<details class="blanks">
            <summary>纸面空白的 ${folded.length} 项</summary>
            ${inGroups(folded, row)}
          </details>`
        : ''
    }
    ${definitions.length === 0 ? html`<p class="empty">不知道这是什么材料，请对照原件改为正确的材料类别。</p>` : ''}
  </section>`
}

/** The sheet for two cards has every label twice: a heading for each card says it once. */
function inGroups(definitions: readonly FieldDefinition[], row: (definition: FieldDefinition) => Html) {
  return definitions.map((definition, at) => {
    const group = groupOf(definition)
    const before = definitions[at - 1]
    return html`${group !== undefined && (before === undefined || groupOf(before) !== group) ? html`<h3 class="group">${group}</h3>` : ''}${row(definition)}`
  })
}

const groupOf = ({ name }: FieldDefinition) =>
  name.startsWith('legal.') ? '法人卡' : name.startsWith('operator.') ? '操作员卡' : undefined

/** Empty on the paper beyond doubt: half a card form is, when only one card is asked for. */
const isSurelyBlank = (field: FieldValue | undefined) => field === undefined || (field.value === null && field.certain)

function sealWords(document: ReadDocument) {
  const company = document.seals.filter(({ role }) => (role ?? 'company') === 'company')
  if (company.length === 0) return html`<span class="seal-words muted">未见公章</span>`
  return html`<span class="seal-words"
    >公章：${company.map(({ text, liesOn }) => text ?? (liesOn ? `未读出，似${liesOn}` : '未读出')).join('、')}</span
  >`
}

const kindForm = (application: Application, index: number, document: ReadDocument, hidden: unknown) =>
  html`<form class="kind" method="post" action="/applications/${application.number}/kind" data-swap>
    ${hidden}<input type="hidden" name="document" value="${index}" />
    <label
      ><h2 class="away">${documentTitles[document.kind]}，材料类别</h2>
      <select title="认错了材料？在这里更改类别" name="kind" data-submit-on-change>
        ${documentKinds.map((kind) => html`<option value="${kind}" ${kind === document.kind ? html` selected` : ''}>${documentTitles[kind]}</option>`)}
      </select></label
    >
    <button class="quiet small">改类别</button>
  </form>`

function fieldRow(
  application: Application,
  index: number,
  document: ReadDocument,
  definition: FieldDefinition,
  editable: boolean,
  hidden: unknown,
) {
  const field = document.fields[definition.name]
  const id = fieldId(index, definition.name)
  const doubtful = field !== undefined && isDoubtful(field)
  const page = field === undefined ? undefined : document.pages[field.page]
  const canEdit = editable && definition.type !== 'items'
  return html`<form
    class="field${doubtful ? ' doubtful' : ''}${field?.value == null ? ' blank' : ''}"
    method="post"
    action="/applications/${application.number}/fields"
    data-swap
    data-mark="${markId(index, definition.name)}"
  >
    ${hidden}<input type="hidden" name="document" value="${index}" /><input type="hidden" name="field" value="${definition.name}" />
    <label for="${id}">${definition.label.slice(groupOf(definition)?.length ?? 0)}</label>
    ${canEdit ? editor(definition, field, id) : html`<output id="${id}" tabindex="0">${wordsOf(field?.value ?? null, definition.type) || '—'}</output>`}
    <span class="certainty">${certaintyMark(field)}</span>
    ${canEdit ? html`<button class="save small" title="Enter">${doubtful ? '确认' : '保存'}</button>` : ''}
    ${crop(page, field?.box ?? null)}
  </form>`
}

/** What each mark rests on is said on hover. */
function certaintyMark(field: FieldValue | undefined) {
  if (field === undefined) return html`<span class="none" title="纸上没有读到这一项">·</span>`
  if (field.source === 'clerk') return html`<span class="by-clerk" title="已由工作人员更正">改</span>`
  const said = evidenceSummary(field.evidence).join('、')
  if (field.certain) return html`<span class="certain" title="可靠${said === '' ? '' : `：${said}`}">✓</span>`
  return html`<span class="doubt" title="存疑，请对照原件${said === '' ? '' : `（${said}）`}">?</span>`
}

/** Width in half-width columns; Chinese characters take two. */
const columnsOf = (text: string) => text.length + (text.match(/[\u2e80-\uffef]/gu)?.length ?? 0)
const columnsOfInput = 32

function editor(definition: FieldDefinition, field: FieldValue | undefined, id: string) {
  const value = field?.value ?? null
  const shown = wordsOf(value, definition.type)
  const option = (title: string, code: string, chosen: boolean) =>
    html`<option value="${code}" ${chosen ? html` selected` : ''}>${title}</option>`
  switch (definition.type) {
    case 'services':
      return html`<details class="ticks">
        <summary id="${id}" data-input>${shown || '—'}</summary>
        ${serviceCodes.map(
          (code) =>
            html`<label
              ><input
                type="checkbox"
                name="value"
                value="${code}"
                ${Array.isArray(value) && (value as string[]).includes(code) ? html` checked` : ''}
              />
              ${serviceTitles[code]}</label
            >`,
        )}
      </details>`
    case 'sex':
      return html`<select id="${id}" name="value" data-input data-submit-on-change>
        ${option('—', '', value === null)}${option('男', '男', value === '男')}${option('女', '女', value === '女')}
      </select>`
    case 'delivery':
      return html`<select id="${id}" name="value" data-input data-submit-on-change>
        ${option('—', '', value === null)}${option('邮寄领卡', 'post', value === 'post')}${option('窗口领卡', 'window', value === 'window')}
      </select>`
    default:
  }
  // What does not fit one line of the column is written over several.
  const lines = Math.ceil(columnsOf(shown) / columnsOfInput)
  if (lines > 1)
    return html`<textarea id="${id}" name="value" rows="${Math.min(4, lines)}" data-input autocomplete="off" spellcheck="false">
${shown}</textarea>`
  const numeric = ['date', 'date-or-forever', 'phone', 'uscc', 'id-number', 'card-number', 'money'].includes(definition.type)
  return html`<input
    id="${id}"
    name="value"
    value="${shown}"
    class="${numeric ? 'number' : ''}"
    data-input
    autocomplete="off"
    spellcheck="false"
    placeholder="${field === undefined ? '' : value === null && !field.certain ? '未读出' : '空白'}"
  />`
}
