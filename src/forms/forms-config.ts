/** The configuration of the forms: section `[forms]`. */
import { z } from 'zod'

export const formsConfig = z.strictObject({
  /** Folder of the office's own official blanks (`card-form.pdf`, with `card-form.toml` for other places); none when not said. */
  folder: z.string('应为文件夹路径').min(1, '应为文件夹路径').optional(),
})
