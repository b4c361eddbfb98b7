/** What is used of WebAssembly: Node has it, but only the browser's type library describes it. */
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface Instance {
    readonly exports: Record<string, unknown>
  }
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module'
  }
  function compile(bytes: Uint8Array): Promise<Module>
  function instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: Instance; module: Module }>
  function instantiate(module: Module, imports: object): Promise<Instance>
}
