/**
 * The table of contents: what crosses from stage to stage, and the jobs that carry it, in the order that data takes.
 *
 *   intake → reading → application → review → cards → dispatch
 *
 * A job is a contract apart from its handler. A payload holds ids only: what they stand for is stored before the job is
 * enqueued, in the same transaction.
 */
import { z } from 'zod'
import { documentKinds } from './guide/papers.ts'
import { defineJob } from './platform/queue/contract.ts'

// ── intake: something arrived, its bytes are kept ────────────────────────────────────────────────────────────────

/** By which door (来件渠道) a submission came. A folder of scans is the scanner's door: paper. */
export const doors = ['folder', 'upload', 'mailbox'] as const
export type Door = (typeof doors)[number]

/** What is known of a submission (来件) apart from its papers. Instants are ISO 8601 in UTC. */
export interface Submission {
  readonly id: string
  readonly door: Door
  /** The name of the folder, mail or file that arrived. */
  readonly name: string
  readonly receivedAt: string
  /** Who sent it and in which thread, when it came as a mail. */
  readonly mail: MailFacts | null
}

export interface MailFacts {
  readonly from: string | null
  readonly fromName: string | null
  readonly replyTo: string | null
  readonly subject: string
  readonly messageId: string | null
  readonly references: readonly string[]
  readonly sentAt: string | null
  /** The text of the mail, at most 20,000 characters. */
  readonly text: string
  /** Written by a program, by its headers: never answered. Left out for a person's mail. */
  readonly automatic?: 'auto-reply' | 'bounce' | 'bulk' | 'loop'
  /** Which mail of ours came back, when it is a bounce (退信). */
  readonly bounce?: {
    readonly messageId: string | null
    /** RFC 3463, e.g. `5.1.1`. */
    readonly status: string | null
    /** False when the server only tells of a delay. */
    readonly failed: boolean
  }
  /** What the receiving server found out about the sender (RFC 8601): `pass`, `fail`, `softfail`, `none` …; null when not told. */
  readonly authentication?: { readonly spf: string | null; readonly dkim: string | null; readonly dmarc: string | null }
}

/** One file that may hold papers: unpacked, named by its way in (`来信.eml!/材料.zip!/01.jpg`), not yet interpreted. */
export interface PaperFile {
  readonly file: string
  readonly bytes: Uint8Array
}

/** Something that could not be unpacked or read: a stable code and a Chinese sentence that tells the sender what to do. */
export const problem = z.object({ file: z.string(), code: z.string(), message: z.string() })
export type Problem = z.infer<typeof problem>

export const unpackSubmission = defineJob('intake.unpack', z.object({ submissionId: z.string() }))

/** A mail without papers was understood by its words and needs no clerk. */
export const settleReply = defineJob('intake.settle-reply', z.object({ submissionId: z.string(), applicationNumber: z.string() }))

// ── reading: files become pages, pages become papers ─────────────────────────────────────────────────────────────

/** x, y, width, height as fractions of the upright page. */
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof box>

const purchasedItem = z.object({ name: z.string(), quantity: z.number().nullable(), price: z.string().nullable() })
export const fieldContent = z.union([z.string(), z.array(z.string()), z.array(purchasedItem), z.null()])
export type FieldContent = z.infer<typeof fieldContent>

/** One value read from a paper (字段). `page` is an index into the document's `pages`. */
export const fieldValue = z.object({
  value: fieldContent,
  /** 0…1: how likely it is right, as measured on drawn papers. */
  confidence: z.number(),
  /** 0…1: how sure the recogniser was of its letters, on the mean; no probability. */
  legibility: z.number().optional(),
  /** `clerk` once a clerk has corrected it at the desk. */
  source: z.enum(['acroform', 'barcode', 'text-layer', 'ocr', 'clerk']),
  page: z.number().int(),
  box: box.nullable(),
  /** A promise that no person need look at it. Earned by evidence, never by the recogniser's confidence alone. */
  certain: z.boolean(),
  /** What the certainty rests on, e.g. `check-digit`, `format`, `agrees:business-licence.uscc`. */
  evidence: z.array(z.string()).optional(),
  /** What the sheet was printed with by its own code, where that is not what stands on the paper, or cannot be told to. */
  printed: fieldContent.optional(),
})
export type FieldValue = z.infer<typeof fieldValue>

/** One impression of a seal (印章) on a copy. A `role` of `other` is not a company seal. */
export const seal = z.object({
  page: z.number().int(),
  box,
  color: z.enum(['red', 'gray']),
  shape: z.enum(['round', 'oval']),
  text: z.string().nullable(),
  confidence: z.number(),
  role: z.enum(['company', 'special', 'other']).optional(),
  /** Words stand across its face that could not be read, or a fax may have lost them: it may be a seal for one purpose only. */
  unreadFace: z.literal(true).optional(),
  /** Of one whose own letters are hidden: what the legible impressions say that it lies on. It is told, and is no evidence of whose seal it is. */
  liesOn: z.string().optional(),
  /** Where ink lies on its face, as the reader takes it: for telling one picture on two papers. */
  impression: z.string().optional(),
})
export type Seal = z.infer<typeof seal>

/** A page as the desk shows it: the upright picture is kept in the file store under `image.sha256`. */
export const documentPage = z.object({
  file: z.string(),
  page: z.number().int(),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  image: z.object({ sha256: z.string(), width: z.number(), height: z.number() }).optional(),
  /** In shades of grey, without colour: a seal is black on it whatever its ink. */
  gray: z.literal(true).optional(),
  /** In black and white alone, as a fax: what is pale is lost on it besides. */
  black: z.literal(true).optional(),
  /** A paper on it shows no company's seal, but there is red ink that may be one: only a person says that the seal is missing. */
  redMark: z.literal(true).optional(),
})
export type DocumentPage = z.infer<typeof documentPage>

/** One paper (材料), made of pages. */
export const readDocument = z.object({
  kind: z.enum(documentKinds),
  confidence: z.number(),
  pages: z.array(documentPage),
  fields: z.record(z.string(), fieldValue),
  seals: z.array(seal),
  /** Another form that a code on this paper belongs to. */
  strangeCode: z.enum(documentKinds).optional(),
  /** The place of the branch (分中心) that a form's title names, or that it is addressed to: `福州`. */
  branch: z.string().optional(),
  /** What stands on the sheet of a copy to say whose it is: `持卡人身份证复印件`. */
  captions: z.array(z.string()).optional(),
  /** More papers lie on one of its pages, which could not be told from it: what seems missing may be there. */
  isBesideOthers: z.literal(true).optional(),
})
export type ReadDocument = z.infer<typeof readDocument>

/** A cover sheet (扫描封面) among the pages: no paper, but it says which parcel the scans were made of. */
export const cover = z.object({ file: z.string(), page: z.number().int(), parcel: z.string() })
export type Cover = z.infer<typeof cover>

/** All that was read of one submission; every file that was not read stands in `problems`. */
export const reading = z.object({ documents: z.array(readDocument), problems: z.array(problem), covers: z.array(cover).optional() })
export type Reading = z.infer<typeof reading>

export const readSubmission = defineJob('reading.read', z.object({ submissionId: z.string() }))

// ── application: papers become applications, judged by the guide ─────────────────────────────────────────────────

/** `correct` goes back to the applicant, `look` needs the clerk, `note` stays a note. */
export const severities = ['correct', 'look', 'note'] as const
export type Severity = (typeof severities)[number]

/** One thing wrong or doubtful (问题), with the one Chinese sentence told to the applicant or the clerk. */
export const finding = z.object({
  code: z.string(),
  document: z.enum(documentKinds).nullable(),
  page: z.object({ file: z.string(), page: z.number().int() }).nullable(),
  field: z.string().nullable(),
  severity: z.enum(severities),
  message: z.string(),
  /** The value that it was compared with: whoever judges sees both pieces of paper. */
  against: z
    .object({
      document: z.enum(documentKinds),
      page: z.object({ file: z.string(), page: z.number().int() }),
      field: z.string(),
    })
    .optional(),
})
export type Finding = z.infer<typeof finding>

export const decisions = ['ready', 'correct', 'look'] as const
export type Decision = (typeof decisions)[number]

/** Asked for something: `version` of the application when it was asked, `step` how often it was waited already. */
export const awaitAnswer = defineJob(
  'application.await-answer',
  z.object({ applicationNumber: z.string(), version: z.number().int(), step: z.number().int() }),
)

/** Waits until the applicant has confirmed that no three-party agreement is in force; `step` counts the reminders. */
export const awaitAgreements = defineJob(
  'application.await-agreements',
  z.object({ applicationNumber: z.string(), step: z.number().int() }),
)

/** A person's mail that may answer a letter: what its words confirm. */
export const hearReply = defineJob('application.hear-reply', z.object({ submissionId: z.string() }))

/** Received or fetched, and nobody complained: the application is closed. */
export const closeHandedOver = defineJob('application.close', z.object({ applicationNumber: z.string() }))

export const assembleApplications = defineJob('application.assemble', z.object({ submissionId: z.string() }))

// ── cards: an accepted application becomes work on cards ─────────────────────────────────────────────────────────

export const queueCardJobs = defineJob('cards.queue', z.object({ applicationNumber: z.string() }))

// ── dispatch: what leaves the office ─────────────────────────────────────────────────────────────────────────────

/** The letters (函件) that the office writes. */
export const letterKinds = [
  'acknowledgement',
  'correction',
  'reminder',
  'agreements',
  'accepted',
  'refused',
  'originals',
  'ready-for-pickup',
  'posted',
  'reader-posted',
  'undelivered',
  'not-taken',
  'parcel-refused',
] as const
export type LetterKind = (typeof letterKinds)[number]

/** Cards are done: take a waybill number or a notice number and print what goes with the parcel or to the counter. */
export const prepareHandover = defineJob('dispatch.prepare', z.object({ applicationNumber: z.string() }))

/** `occasion` tells apart letters of one kind about one application (the event that caused it); one letter each. */
export const writeLetter = defineJob(
  'dispatch.write-letter',
  z.object({ applicationNumber: z.string(), letter: z.enum(letterKinds), occasion: z.string() }),
)

/** The mail server of a recipient gave a letter back. */
export const noteBounce = defineJob(
  'dispatch.note-bounce',
  z.object({ submissionId: z.string(), messageId: z.string(), status: z.string().nullable(), failed: z.boolean() }),
)

/** A submission that became no application: its sender is told what to do. */
export const answerSubmission = defineJob('dispatch.answer-submission', z.object({ submissionId: z.string() }))

/** A letter that a clerk has read goes on its way. */
export const finishLetter = defineJob('dispatch.finish-letter', z.object({ letterId: z.string() }))

/** Whether a letter that may have left stands in the Sent folder. */
export const verifyLetter = defineJob('dispatch.verify-letter', z.object({ letterId: z.string(), look: z.number().int() }))

export const sendLetter = defineJob('dispatch.send-letter', z.object({ letterId: z.string() }))
