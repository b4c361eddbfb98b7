/** What a letter tells of a submission: beside what could not be unpacked of it, what could not be read. */
import type { ToldSubmission } from '../dispatch/dispatch-parts.ts'
import type { Problem, Reading } from '../flow.ts'

/** The reader says what is wrong with a file without naming it: its sentence goes on after the name. */
export function tellSubmission<Submission extends ToldSubmission>(submission: Submission, reading: Reading | undefined): Submission {
  const isTold = ({ file, code }: Problem) => submission.problems.some((told) => told.file === file && told.code === code)
  const unread = (reading?.problems ?? []).filter((problem) => !isTold(problem)).map((problem) => ({ ...problem, message: named(problem) }))
  return { ...submission, problems: [...submission.problems, ...unread], ...(reading ? { documents: reading.documents } : {}) }
}

const named = ({ file, message }: Problem): string => `“${file.split('/').at(-1)}”${message}。`
