/** The package has no types. */
declare module 'heic-decode' {
  interface Picture {
    readonly width: number
    readonly height: number
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray }>
  }
  export function all(options: { buffer: Uint8Array }): Promise<Picture[] & { dispose(): void }>
}
