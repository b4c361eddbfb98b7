/**
 * Keeps V8 from replacing what WebAssembly calls JavaScript through. After a thousand calls it compiles a faster wrapper and frees the one before,
 * which has once ended the whole process (`Check failed: jit_page_->allocations_.erase(addr) == 1`; nodejs/node#64500 has others). Our own
 * modules call no JavaScript; PDFium and the reader of codes do, 700 and 2,700 times a page, and take no longer with the slower wrapper.
 * The flag holds for all instances made from here on, in all threads.
 */
import { setFlagsFromString } from 'node:v8'

setFlagsFromString(`--wasm-wrapper-tiering-budget=${2 ** 31 - 1}`)
