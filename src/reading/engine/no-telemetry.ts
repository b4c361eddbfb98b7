/**
 * ONNX Runtime (1.30) reports its use to its maker and keeps a number of this machine under the home folder, unless its environment
 * forbids it before the library is loaded. Papers are read here and nowhere else, and nothing is written outside zhika's folders.
 * A thread's `process.env` is a copy: this must be imported on the main thread too.
 */
process.env['ORT_DISABLE_TELEMETRY'] = '1'
// The name that later versions ask for.
process.env['ORT_TELEMETRY_DISABLED'] = '1'
