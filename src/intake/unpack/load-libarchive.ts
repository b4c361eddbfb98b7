/**
 * libarchive (BSD licence, compiled by libarchive.js) as bare WebAssembly. Its own loader reads whole archives without a
 * bound and offers it a file system; here it gets memory up to a bound, and nothing else of this machine.
 */
import { readFile } from 'node:fs/promises'

/** Memory of one archive under way: the archive itself, a dictionary, one unpacked file. */
const mostMemory = 400 * 1024 * 1024

/** The functions of libarchive 3 that reading needs, by the letters that the compiler gave them. */
interface Exports {
  readonly memory: WebAssembly.Memory
  readonly malloc: (size: number) => number
  readonly free: (pointer: number) => void
  /** bytes, length, passphrase, locale → archive, 0 when it is none. */
  readonly open: (bytes: number, length: number, passphrase: number, locale: number) => number
  /** 0 at the end and after a fault; the fault is in `error`. */
  readonly next: (archive: number) => number
  /** A new buffer of `size` bytes, or a negative code. */
  readonly read: (archive: number, size: number) => number
  readonly error: (archive: number) => number
  readonly path: (entry: number) => number
  readonly pathUtf8: (entry: number) => number
  readonly type: (entry: number) => number
  /** Truncated to 32 bits. */
  readonly size: (entry: number) => number
  readonly encrypted: (entry: number) => number
  readonly hasEncrypted: (archive: number) => number
}

const letters = {
  memory: 'C',
  malloc: 'K',
  free: 'Q',
  open: 'F',
  next: 'I',
  read: 'J',
  error: 'H',
  path: 'V',
  pathUtf8: 'W',
  type: 'T',
  size: 'X',
  encrypted: 'Y',
  hasEncrypted: 'Z',
} as const satisfies Record<keyof Exports, string>

/** What of the engine's own interface is used; TypeScript declares it only for browsers. */
const engine = WebAssembly as unknown as {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(module: object, imports: object): Promise<{ readonly exports: Readonly<Record<string, unknown>> }>
}
let compiled: Promise<object> | undefined

/** A fresh instance for one archive: what a hostile archive does to its memory ends with it. */
export async function loadLibarchive(): Promise<Exports> {
  compiled ??= readFile(new URL(import.meta.resolve('libarchive.js/dist/libarchive.wasm'))).then((bytes) => engine.compile(bytes))
  const { exports } = await engine.instantiate(await compiled, { a: surroundings(() => memory) })
  const memory = exports[letters.memory] as WebAssembly.Memory
  ;(exports['D'] as () => void)()
  return Object.fromEntries(Object.entries(letters).map(([name, letter]) => [name, exports[letter]])) as unknown as Exports
}

/** What the module calls for: no files, no environment, no time of day; memory up to the bound. */
function surroundings(memory: () => WebAssembly.Memory): Record<string, (...numbers: number[]) => number> {
  const imports: Record<string, (...numbers: number[]) => number> = {}
  // WASI's EBADF: every file descriptor is a bad one.
  for (const letter of 'abcdefghijklmnopqrstuvwxyzAB') imports[letter] = () => 8
  const zero = () => 0
  return {
    ...imports,
    // abort
    b: () => {
      throw new Error('libarchive gave up')
    },
    // clock, gmtime, localtime, tzset
    c: zero,
    k: zero,
    l: zero,
    r: zero,
    // mktime, timegm: a RAR entry whose time is 0 counts as broken, since every packer writes one.
    m: () => 1,
    n: () => 1,
    // memcpy
    h: (to = 0, from = 0, length = 0) => {
      new Uint8Array(memory().buffer).copyWithin(to, from, from + length)
      return 0
    },
    // resize_heap
    p: (size = 0) => {
      const wanted = size >>> 0
      if (wanted > mostMemory) return 0
      const held = memory().buffer.byteLength
      memory().grow(Math.ceil(Math.max(0, Math.min(mostMemory, Math.max(wanted, held * 1.2)) - held) / 65_536))
      return 1
    },
    // environ_get, environ_sizes_get
    z: zero,
    A: (count = 0, size = 0) => {
      const view = new DataView(memory().buffer)
      view.setUint32(count, 0, true)
      view.setUint32(size, 0, true)
      return 0
    },
    // fd_write: messages to nobody
    d: (_file = 0, vectors = 0, count = 0, written = 0) => {
      const view = new DataView(memory().buffer)
      let bytes = 0
      for (let at = 0; at < count; at++) bytes += view.getUint32(vectors + at * 8 + 4, true)
      view.setUint32(written, bytes, true)
      return 0
    },
    // strftime, isatty
    f: zero,
    g: zero,
    B: () => 1,
  }
}
