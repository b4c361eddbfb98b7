/** Unfolds what arrived into files that may hold papers. Stores nothing, writes nothing. */
import type { MailFacts, PaperFile, Problem } from '../../flow.ts'
import { describeProblem } from './describe-problem.ts'
import { openOldOffice, openOutlookMessage } from './open-compound.ts'
import { openMail } from './open-mail.ts'
import { openMbox } from './open-mbox.ts'
import { openPacked } from './open-packed.ts'
import { openTnef } from './open-tnef.ts'
import { openZip, type Opened } from './open-zip.ts'
import { sniffFormat } from './sniff-format.ts'
import { defaultUnpackLimits, type Budget, type UnpackLimits } from './unpack-limits.ts'

export interface Unpacked {
  /** In the order given, parts in the order of their container. Whether they are papers is for reading to judge. */
  readonly papers: PaperFile[]
  readonly problems: Problem[]
  /** Of the first mail among the files given; a mail inside another mail or an archive is not who to answer. */
  readonly mail: MailFacts | null
}

type ArchiveOpener = (archive: PaperFile, limits: UnpackLimits, budget: Budget) => Opened | Promise<Opened>

export interface UnpackOptions {
  readonly limits?: UnpackLimits
  /** Containers that are not opened, because they brought us down before. */
  readonly avoid?: ReadonlySet<string>
  /** Told before each container is opened. */
  readonly onOpen?: (file: string) => void
}

/** Pieces of an archive that a packer split to get below the size of a mail; only the first begins like an archive. */
const volume = /\.(?:part\d{1,5}\.rar|(?:7z|zip|rar)\.\d{3})$/iu
const laterVolume = /\.(?:part\d{1,5}\.rar|(?:7z|zip|rar)\.\d{3}|[rz]\d\d)$/iu

interface Depth {
  readonly archives: number
  readonly mails: number
}

/** Mails, archives and what they hold become plain files; what cannot be opened becomes a problem. Never throws for bad input. */
export async function unpackFiles(
  files: readonly PaperFile[],
  { limits = defaultUnpackLimits, avoid, onOpen }: UnpackOptions = {},
): Promise<Unpacked> {
  const papers: PaperFile[] = []
  const problems: Problem[] = []
  const budget: Budget = { bytes: limits.totalBytes, entries: limits.entries }
  let mail: MailFacts | null = null

  const unpack = async (file: PaperFile, depth: Depth): Promise<void> => {
    const format = sniffFormat(file.bytes, file.file)
    if (format !== 'paper' && avoid?.has(file.file)) {
      problems.push(describeProblem('unpacking-stopped', file.file))
      return
    }
    if (format !== 'paper') onOpen?.(file.file)
    switch (format) {
      case 'paper':
        if (laterVolume.test(file.file)) problems.push(describeProblem('archive-volume', file.file))
        else papers.push(file)
        break
      case 'zip':
        await unpackArchive(file, depth, openZip)
        break
      case 'packed':
        await unpackArchive(file, depth, openPacked)
        break
      case 'tnef':
        await unpackArchive(file, depth, openTnef)
        break
      case 'mbox':
        await unpackArchive(file, depth, openMbox)
        break
      case 'mail':
        await unpackMail(file, depth)
        break
      case 'outlook-message':
        await unpackArchive(file, depth, openOutlookMessage)
        break
      case 'word-file':
      case 'excel-file':
      case 'office-file':
        await unpackArchive(file, depth, (document, ...bounds) => openOldOffice(document, ...bounds, format))
        break
      case 'encrypted-office':
        problems.push(describeProblem('encrypted', file.file))
        break
      default:
        problems.push(describeProblem(format, file.file))
    }
  }

  const unpackArchive = async (archive: PaperFile, depth: Depth, open: ArchiveOpener): Promise<void> => {
    if (depth.archives >= limits.archiveDepth) {
      problems.push(describeProblem('archive-too-deep', archive.file))
      return
    }
    const opened = await open(archive, limits, budget)
    if (volume.test(archive.file) && opened.problems.length > 0 && opened.files.length === 0)
      problems.push(describeProblem('archive-volume', archive.file))
    else problems.push(...opened.problems)
    for (const file of opened.files) await unpack(file, { ...depth, archives: depth.archives + 1 })
  }

  const unpackMail = async (file: PaperFile, depth: Depth): Promise<void> => {
    if (depth.mails >= limits.mailDepth) {
      problems.push(describeProblem('mail-too-deep', file.file))
      return
    }
    const before = papers.length + countGrave(problems)
    const opened = await openMail(file, limits, budget)
    const outermost = depth.archives === 0 && depth.mails === 0
    if (outermost) mail ??= opened.facts
    problems.push(...opened.problems)
    for (const part of opened.files) await unpack(part, { ...depth, mails: depth.mails + 1 })
    if (outermost && papers.length + countGrave(problems) === before) problems.push(describeProblem('no-papers', file.file))
  }

  for (const file of files) await unpack(file, { archives: 0, mails: 0 })
  return { papers, problems, mail }
}

/** A left-out logo does not explain why a mail has no papers. */
function countGrave(problems: readonly Problem[]): number {
  return problems.filter(({ code }) => code !== 'signature-image').length
}
