/** What one submission may unfold to. Measured on the safe side of the 1.5 GB that the whole service may take. */
export interface UnpackLimits {
  /** Bytes of all unpacked parts of one submission together. */
  readonly totalBytes: number
  /** Bytes of one part. */
  readonly fileBytes: number
  /** Parts of all containers of one submission together. */
  readonly entries: number
  /** Archives within archives. */
  readonly archiveDepth: number
  /** Mails within mails. */
  readonly mailDepth: number
  /** Unpacked bytes for each packed byte of an archive. Deflate reaches 1032; scans and photos stay below 20. */
  readonly ratio: number
}

export const defaultUnpackLimits: UnpackLimits = {
  totalBytes: 300 * 1024 * 1024,
  fileBytes: 50 * 1024 * 1024,
  entries: 500,
  archiveDepth: 3,
  mailDepth: 4,
  ratio: 200,
}

/** What is left of the limits while one submission is unfolded. */
export interface Budget {
  bytes: number
  entries: number
}
