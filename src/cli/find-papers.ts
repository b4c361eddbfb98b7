/** What lies under the paths of a command, submission by submission, with the bytes read and bounded. */
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { PaperFile, Problem } from '../flow.ts'
import { findSubmissions, type FoundSubmission } from '../intake/find-submissions.ts'
import { codeOf } from '../platform/errors.ts'

export interface SubmissionOnDisk {
  readonly name: string
  /** Named as the caller would: the path as given and the way inside it. */
  readonly papers: readonly PaperFile[]
  readonly problems: readonly Problem[]
  /** What stands before the name that a file has inside its submission. */
  readonly prefix: string
}

/** One file larger than this is told so and not opened. */
const mostBytes = 50 * 1024 * 1024

/** Finds the submissions, and loads each when it is asked for: no more are in memory than are under way. Throws `path-missing`. */
export async function* findPapers(paths: readonly string[]): AsyncGenerator<SubmissionOnDisk> {
  const found: FoundSubmission[] = []
  for (const path of paths) found.push(...(await findSubmissions(path)))
  for (const submission of found) yield load(submission)
}

async function load(submission: FoundSubmission): Promise<SubmissionOnDisk> {
  const papers: PaperFile[] = []
  const problems = [...submission.problems]
  for (const { path, file } of submission.files) {
    const name = basename(path)
    try {
      const { size } = await stat(path)
      if (size > mostBytes) problems.push({ file, code: 'too-large', message: `“${name}”超过 50 MB，请压缩或拆分后重新提交。` })
      else papers.push({ file, bytes: await readFile(path) })
    } catch (error) {
      problems.push({ file, code: 'file-unreadable', message: `“${name}”无法读取（${codeOf(error)}），请检查文件权限。` })
    }
  }
  return { name: submission.name, papers, problems, prefix: prefixOf(submission) }
}

function prefixOf({ path, files: [first] }: FoundSubmission): string {
  if (!first) return ''
  // A folder's files are named inside the folder, a single file by its own name.
  const inside = first.path === path ? basename(path) : first.path.slice(path.length + 1)
  const prefix = first.file.slice(0, first.file.length - inside.length)
  return prefix === '' && dirname(first.file) !== '.' ? `${dirname(first.file)}/` : prefix
}
