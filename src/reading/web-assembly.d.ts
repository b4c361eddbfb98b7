/** What is used of WebAssembly: Node has it, but only the browser's type library describes it. */
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface Instance {
    readonly exports: Record<string, unknown>
  }
  type Module = object
  function instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: Instance; module: Module }>
}
