/** XML of strangers, piece by piece: no document type, no entities of its own, bounded in depth. */
import type { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'

export type SheetFaultCode =
  | 'sheet-not-xlsx'
  | 'sheet-old-or-encrypted'
  | 'sheet-damaged'
  | 'sheet-too-large'
  | 'sheet-too-many-rows'
  | 'sheet-too-many-columns'
  | 'sheet-empty'

/** Why a file cannot be read as a table. */
export class SheetFault extends Error {
  readonly code: SheetFaultCode
  constructor(code: SheetFaultCode, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

interface Handlers {
  /** Names without their prefix: strict and transitional workbooks differ by it alone. */
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** Tables nest less than ten deep. */
const deepest = 64

export async function parseXml(stream: Readable, { open, text, close }: Handlers): Promise<void> {
  const parser = new SaxesParser()
  let depth = 0
  parser.on('error', (error) => {
    throw new SheetFault('sheet-damaged', error)
  })
  parser.on('doctype', () => {
    throw new SheetFault('sheet-damaged')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > deepest) throw new SheetFault('sheet-damaged')
    open?.(bare(name), withoutPrefixes(attributes))
  })
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  parser.on('closetag', ({ name }) => {
    depth--
    close?.(bare(name))
  })
  try {
    let decoder: TextDecoder | undefined
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // ECMA-376-2, 8.1.1: UTF-8 or UTF-16, told by its first bytes.
      decoder ??= new TextDecoder(
        chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8',
      )
      parser.write(decoder.decode(chunk, { stream: true }))
    }
    parser.write(decoder?.decode() ?? '')
    parser.close()
  } catch (error) {
    if (error instanceof SheetFault) throw error
    throw new SheetFault('sheet-damaged', error)
  } finally {
    stream.destroy()
  }
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

/** `r:id` beside a plain `id` never stands on what is read here. */
function withoutPrefixes(attributes: Record<string, string>): Record<string, string> {
  for (const name of Object.keys(attributes))
    if (name.includes(':') && !name.startsWith('xmlns')) attributes[bare(name)] = attributes[name]!
  return attributes
}
