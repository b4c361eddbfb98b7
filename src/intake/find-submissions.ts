/** Tells what is one submission (来件) under a path, without opening any file. */
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Fault, codeOf } from '../platform/errors.ts'
import type { Problem } from '../flow.ts'
import { byName } from './sort-names.ts'
import { isHidden } from './unpack/name-junk.ts'

export interface FoundSubmission {
  /** The name of the folder or file. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  /** `path` is absolute; `file` is the path as given joined with the way inside it. In the order of their names. */
  readonly files: readonly FoundFile[]
  /** What was left out and why: links, folders too deep, too many files, folders that cannot be opened. */
  readonly problems: readonly Problem[]
}

export interface FoundFile {
  readonly path: string
  readonly file: string
}

const mostFiles = 2000
const deepest = 6

/** Mails and archives are submissions by themselves; any other file is a paper of the folder that holds it. */
const container = /\.(?:eml|zip|rar|7z|msg)$/iu
/** Explains a folder to people; never a paper. */
const readme = /^readme(?:\.[a-z-]+)?\.(?:md|txt)$/iu

interface Folder {
  readonly path: string
  readonly file: string
  readonly papers: FoundFile[]
  readonly containers: FoundFile[]
  readonly folders: Folder[]
  readonly problems: Problem[]
}

interface Walk {
  files: number
}

/**
 * A folder that holds papers is one submission with everything below it. A folder that holds only sub-folders,
 * or several mails or archives and sub-folders, is several. A mail, an archive or a loose file is one.
 * Throws a `Fault` with `path-missing` when there is nothing at the path. Links below it are not followed.
 */
export async function findSubmissions(path: string): Promise<FoundSubmission[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Fault('path-missing', `找不到“${path}”，请检查路径`, { cause })
  })
  const given = path.length > 1 ? path.replace(/[/\\]+$/u, '') : path
  const absolute = resolve(path)
  if (!found.isDirectory()) return [{ name: basename(absolute), path: absolute, files: [{ path: absolute, file: given }], problems: [] }]
  return divide(await walk(absolute, given, 0, { files: 0 }))
}

function divide(folder: Folder): FoundSubmission[] {
  const several = folder.papers.length === 0 && folder.containers.length + folder.folders.length > 0
  // One mail in a folder of its own is that folder's paper, as a scan would be.
  const single = folder.folders.length === 0 && folder.containers.length === 1
  if (!several || single) return isEmpty(folder) ? [] : [joinFolder(folder)]
  const parts: { name: string; found: FoundSubmission[] }[] = [
    ...folder.containers.map((file) => ({
      name: file.file,
      found: [{ name: basename(file.path), path: file.path, files: [file], problems: [] }],
    })),
    ...folder.folders.map((inner) => ({ name: inner.file, found: divide(inner) })),
  ]
  const submissions = parts.toSorted((one, other) => byName(one.name, other.name)).flatMap(({ found }) => found)
  if (folder.problems.length > 0) submissions.push({ name: basename(folder.path), path: folder.path, files: [], problems: folder.problems })
  return submissions
}

function joinFolder(folder: Folder): FoundSubmission {
  const all = (inner: Folder): FoundFile[] => [...inner.papers, ...inner.containers, ...inner.folders.flatMap(all)]
  const problems = (inner: Folder): Problem[] => [...inner.problems, ...inner.folders.flatMap(problems)]
  return {
    name: basename(folder.path),
    path: folder.path,
    files: all(folder).toSorted((one, other) => byName(one.file, other.file)),
    problems: problems(folder),
  }
}

function isEmpty(folder: Folder): boolean {
  return folder.papers.length + folder.containers.length + folder.problems.length === 0 && folder.folders.every(isEmpty)
}

async function walk(path: string, file: string, depth: number, walked: Walk): Promise<Folder> {
  const folder: Folder = { path, file, papers: [], containers: [], folders: [], problems: [] }
  const report = (at: string, code: string, message: string) => void folder.problems.push({ file: at, code, message })
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    report(file, 'folder-unreadable', `文件夹“${basename(path)}”打不开（${codeOf(error)}），请检查权限后重新放入。`)
    return []
  })
  for (const entry of entries.toSorted((one, other) => byName(one.name, other.name))) {
    if (isHidden(entry.name) || readme.test(entry.name)) continue
    const inside = { path: join(path, entry.name), file: `${file}/${entry.name}` }
    if (entry.isSymbolicLink()) report(inside.file, 'link-not-followed', `“${entry.name}”是快捷方式，没有读取，请放入文件本身。`)
    else if (entry.isDirectory()) {
      if (depth + 1 > deepest) report(inside.file, 'folder-too-deep', `文件夹“${entry.name}”套得太深，没有读取，请移到上层后重新放入。`)
      else {
        const inner = await walk(inside.path, inside.file, depth + 1, walked)
        if (!isEmpty(inner)) folder.folders.push(inner)
      }
    } else if (entry.isFile()) {
      if (++walked.files > mostFiles) {
        report(file, 'too-many-files', `文件夹“${basename(path)}”里的文件超过 ${mostFiles} 个，其余没有读取，请分几个文件夹放入。`)
        break
      }
      ;(container.test(entry.name) ? folder.containers : folder.papers).push(inside)
    }
  }
  return folder
}
