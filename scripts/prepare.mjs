// Installs the locked packages when they are missing or out of date. Runs before every npm script, on whatever Node is
// there first (20 or newer), so it stays plain JavaScript and imports nothing that is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampFile = `${root}node_modules/.zhika-installed`
const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex')

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) {
  process.stderr.write('正在安装依赖（仅首次或升级后需要，约一分钟）…\n')
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' }
  // `npm ci` refuses a lock without the optional packages of every foreign platform, which not every registry holds;
  // this installs what is locked, with its hashes, and leaves the lock as it is.
  const args = ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error']
  // npm on Windows is a script of its own; by its path it runs everywhere the same way.
  const result = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, { ...options, shell: true })
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\n依赖安装失败：请检查网络或 npm 源后重新运行。\n`)
    process.exit(1)
  }
  writeFileSync(stampFile, wanted)
}
