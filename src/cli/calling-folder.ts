/** The folder from which the command was called: npm runs scripts in the checkout and keeps the caller's folder aside. */
export function callingFolder(): string {
  return process.env['npm_lifecycle_event'] === undefined ? process.cwd() : (process.env['INIT_CWD'] ?? process.cwd())
}
