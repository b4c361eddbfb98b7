/** `zhika user add NAME --role ROLE` and `zhika user reset NAME`: a clerk's account and its one-time secret. */
import type { CommandCall } from '../cli.ts'
import { openConfigured } from './open-configured.ts'

export async function run({ words: [verb, name = ''], options }: CommandCall): Promise<number> {
  const role = options['role'] ?? 'clerk'
  if ((verb !== 'add' && verb !== 'reset') || (role !== 'clerk' && role !== 'administrator')) {
    process.stderr.write('用法：zhika user add 姓名 --role clerk|administrator，或 zhika user reset 姓名\n')
    return 2
  }
  const zhika = await openConfigured()
  try {
    const added = verb === 'add' ? await zhika.accounts.addUser(name, role) : await zhika.accounts.resetSecret(name)
    if (!added.ok) {
      process.stderr.write(`${added.message}\n`)
      return 1
    }
    const { secret } = added.value
    process.stdout.write(
      options['json'] === true
        ? `${JSON.stringify({ name, secret })}\n`
        : `账号 ${name} 的一次性密码 ${secret}（只显示这一次，登录后须改密码）\n`,
    )
    return 0
  } finally {
    await zhika.close()
  }
}
