/** One application as the rules see it, and how a rule says what it found. */
import type { FieldValue, Finding, ReadDocument, Severity } from '../../flow.ts'
import { documentFields, documentTitles, type DocumentKind } from '../../guide/papers.ts'
import { services, type ServiceRule } from '../../guide/services.ts'
import { agreedName, agreedUscc } from './enterprise.ts'
import type { JudgeContext, JudgedPapers } from './papers.ts'
import { findPeople, type IdentityCopy, type People } from './people.ts'
import { nameOf } from './person-name.ts'

export interface Case extends JudgedPapers {
  readonly context: JudgeContext
  readonly rule: ServiceRule
  readonly enterpriseName: FieldValue | undefined
  readonly enterpriseUscc: FieldValue | undefined
  readonly people: People
  /** Sheets or files that nobody could read: what seems missing may be there. */
  readonly somethingUnread: boolean
}

/** A rule is one small function that cites its section of the guide. */
export type Rule = (opened: Case) => Finding[]

export function openCase(papers: JudgedPapers, context: JudgeContext): Case {
  const enterpriseName = agreedName(papers.documents)
  return {
    ...papers,
    context,
    rule: services[papers.service],
    enterpriseName,
    enterpriseUscc: agreedUscc(papers.documents, enterpriseName),
    people: findPeople(papers),
    somethingUnread: context.unreadFiles > 0 || papers.documents.some(({ kind, isBesideOthers }) => kind === 'unknown' || isBesideOthers),
  }
}

/** Says what was found on a paper, with the page that shows it. */
export function found(
  code: string,
  severity: Severity,
  message: string,
  at: { readonly document?: ReadDocument; readonly kind?: DocumentKind; readonly field?: string; readonly against?: PlaceOnPaper } = {},
): Finding {
  const page = at.document && pageOf(at.document, at.field)
  const otherPage = at.against && pageOf(at.against.document, at.against.field)
  return {
    code,
    document: at.document?.kind ?? at.kind ?? null,
    page: page ? { file: page.file, page: page.page } : null,
    field: at.field ?? null,
    severity,
    message,
    ...(at.against && otherPage
      ? { against: { document: at.against.document.kind, page: { file: otherPage.file, page: otherPage.page }, field: at.against.field } }
      : {}),
  }
}

/** Where a value stands. */
export interface PlaceOnPaper {
  readonly document: ReadDocument
  readonly field: string
}

const pageOf = ({ fields, pages }: ReadDocument, field: string | undefined): ReadDocument['pages'][number] | undefined =>
  pages[(field === undefined ? undefined : fields[field]?.page) ?? 0] ?? pages[0]

export function ofKind(opened: { readonly documents: readonly ReadDocument[] }, kind: DocumentKind): ReadDocument[] {
  return opened.documents.filter((document) => document.kind === kind)
}

/** `“统一社会信用代码”` as the paper prints it. */
export function labelOf(kind: DocumentKind, field: string): string {
  return `“${documentFields[kind].find(({ name }) => name === field)?.label ?? field}”`
}

/** `《营业执照》`, or `身份证件（张三）` so that the applicant knows which of several is meant. */
export function titleOf(document: ReadDocument): string {
  if (document.kind !== 'identity-document') return `《${documentTitles[document.kind]}》`
  const name = nameOf(document.fields['name'])
  return name ? `身份证件（${name}）` : '身份证件'
}

export function titleOfCopy(copy: IdentityCopy): string {
  const sheet = copy.front ?? copy.sheets[0]
  return sheet ? titleOf(sheet) : '身份证件'
}
