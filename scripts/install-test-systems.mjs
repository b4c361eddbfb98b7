// The tests use real parts: Chromium and Dovecot. On Debian as root they are installed here; elsewhere they are named.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const needed = [
  { name: 'chromium', file: '/usr/bin/chromium' },
  { name: 'dovecot-imapd', file: '/usr/sbin/dovecot' },
]
const missing = needed.filter(({ file }) => !existsSync(file)).map(({ name }) => name)

if (missing.length > 0) {
  const canInstall = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (!canInstall) {
    process.stderr.write(`The tests need these Debian packages: ${missing.join(' ')}. Install them and run npm test again.\n`)
    process.exit(1)
  }
  process.stderr.write(`Installing ${missing.join(' ')} for the tests …\n`)
  const options = { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...missing],
  ]) {
    const result = spawnSync('apt-get', args, options)
    if (result.status !== 0) {
      process.stderr.write(`${result.stdout}${result.stderr}\napt-get ${args.join(' ')} failed.\n`)
      process.exit(1)
    }
  }
}
