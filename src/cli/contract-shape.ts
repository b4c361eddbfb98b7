/** What the command line prints of a paper: the contract's keys, none of our own. */
import type { Finding, Problem, ReadDocument } from '../flow.ts'

/** `inside` → the path as the caller named it. */
export type NameFile = (file: string) => string

export function asContractDocument(document: ReadDocument, nameFile: NameFile): object {
  return {
    kind: document.kind,
    confidence: rounded(document.confidence),
    pages: document.pages.map(({ file, page, rotation }) => ({ file: nameFile(file), page, rotation })),
    fields: Object.fromEntries(
      Object.entries(document.fields).map(([name, { value, confidence, source, page, box, certain }]) => [
        name,
        { value, confidence: rounded(confidence), source, page, box: box?.map(rounded) ?? null, certain },
      ]),
    ),
    seals: document.seals.map(({ page, box, color, shape, text, liesOn, confidence, role }) => ({
      page,
      box: box.map(rounded),
      color,
      shape,
      text: text ?? liesOn ?? null,
      confidence: rounded(confidence),
      // The contract knows company seals and others; a special-purpose seal is not the company's.
      ...(role === undefined || role === 'company' ? {} : { role: 'other' }),
    })),
  }
}

export function asContractFinding(finding: Finding, nameFile: NameFile): object {
  const { code, document, page, field, severity, message } = finding
  return { code, document, page: page && { file: nameFile(page.file), page: page.page }, field, severity, message }
}

export function asContractProblem(problem: Problem, nameFile: NameFile): object {
  return { file: nameFile(problem.file), code: problem.code, message: problem.message }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
