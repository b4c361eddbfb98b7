/** Rules that look at every field of one type, on all papers of an application. */
import type { Finding, ReadDocument } from '../../flow.ts'
import { documentFields, type FieldType } from '../../guide/papers.ts'
import type { Case, Rule } from './case.ts'
import { fieldText, sameContent } from './evidence.ts'

/** A rule over every field of one type. */
export function onFields(type: FieldType, judgeField: (opened: Case, document: ReadDocument, name: string) => Finding[]): Rule {
  return (opened) =>
    opened.documents.flatMap((document) =>
      documentFields[document.kind].flatMap((field) => (field.type === type ? judgeField(opened, document, field.name) : [])),
    )
}

/** All values of one type over all papers of the application; what was handed in twice says it once. */
export function valuesOf(opened: Case, type: 'uscc' | 'id-number' | 'phone'): string[] {
  const papers = opened.documents.filter((document, index, all) => !all.slice(0, index).some((before) => isSentAgain(document, before)))
  return papers.flatMap((document) =>
    documentFields[document.kind].flatMap((definition) => {
      const text = definition.type === type ? fieldText(document, definition.name) : null
      return text === null ? [] : [text]
    }),
  )
}

/** The guide asks for two copies of one form (《企业注销申请表》一式两份): those were filled in one by one. */
const isSentAgain = (document: ReadDocument, before: ReadDocument): boolean =>
  document.kind === before.kind && document.kind !== 'cancellation-request' && sameContent(document, before) !== 'clear'
