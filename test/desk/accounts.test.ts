import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { accountMigrations } from '../../src/desk/accounts/account-tables.ts'
import { keepSecret } from '../../src/desk/accounts/keep-secret.ts'
import { openAccounts, type Accounts } from '../../src/desk/accounts/open-accounts.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase, type Database } from '../../src/platform/database/open-database.ts'
import { randomIds } from '../../src/platform/ids.ts'
import { silentLog } from '../../src/platform/log/log.ts'

let accounts: Accounts
let database: Database

beforeEach(async () => {
  database = openDatabase(':memory:')
  await migrate(database, accountMigrations)
  accounts = openAccounts({
    database,
    ids: randomIds,
    log: silentLog,
    secret: randomIds.secret(52),
    address: 'http://127.0.0.1:8080',
    sessionHours: 12,
  })
})

async function signedIn(name: string, secret: string) {
  const session = await accounts.signIn(name, secret, '10.0.0.1')
  if (!session.ok) throw new Error(session.message)
  return new Headers({ cookie: session.value.cookies.map((cookie) => cookie.split(';')[0]).join('; ') })
}

async function added(name: string, role: 'clerk' | 'administrator' = 'clerk') {
  const result = await accounts.addUser(name, role)
  if (!result.ok) throw new Error(result.message)
  return result.value.secret
}

describe('accounts', () => {
  it('there is nobody until the first account is added', async () => {
    expect(await accounts.hasUsers()).toBe(false)
    await added('admin', 'administrator')
    expect(await accounts.hasUsers()).toBe(true)
  })

  it('a one-time secret signs in once and must be replaced', async () => {
    const secret = await added('林晓')
    const headers = await signedIn('林晓', secret)
    const session = await accounts.session(headers)
    expect(session?.user).toMatchObject({ name: '林晓', role: 'clerk', mustChangePassword: true })
    const changed = await accounts.changePassword(headers, session!.user, secret, 'a-long-new-password')
    expect(changed.ok).toBe(true)
    expect(await accounts.signIn('林晓', secret, '10.0.0.2')).toMatchObject({ ok: false, code: 'sign-in-failed' })
    const again = await accounts.session(await signedIn('林晓', 'a-long-new-password'))
    expect(again?.user.mustChangePassword).toBe(false)
  })

  it('a wrong current password, a short one and the same one are refused', async () => {
    const secret = await added('chen')
    const headers = await signedIn('chen', secret)
    const user = (await accounts.session(headers))!.user
    expect(await accounts.changePassword(headers, user, 'not-the-secret', 'a-long-new-password')).toMatchObject({ code: 'password-wrong' })
    expect(await accounts.changePassword(headers, user, secret, 'short')).toMatchObject({ code: 'password-short' })
    expect(await accounts.changePassword(headers, user, secret, secret)).toMatchObject({ code: 'password-same' })
  })

  it('a name is taken once, whatever its case', async () => {
    await added('Chen')
    expect(await accounts.addUser('chen', 'clerk')).toMatchObject({ ok: false, code: 'name-taken' })
    expect(await accounts.addUser('a b', 'clerk')).toMatchObject({ ok: false, code: 'name-invalid' })
  })

  it('so many wrong sign-ins from one address are slowed down', async () => {
    await added('chen')
    const codes: string[] = []
    for (let attempt = 0; attempt < 21; attempt++) {
      const result = await accounts.signIn('chen', 'wrong-password', '10.0.0.9')
      codes.push(result.ok ? 'ok' : result.code)
    }
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'sign-in-failed'))
    expect(codes[20]).toBe('too-many-sign-ins')
  })

  it('a session lasts as long as it is used; a page that only refreshes itself is no use', async () => {
    const headers = await signedIn('chen', await added('chen'))
    const expiry = async () =>
      (
        await database
          .withTables<{ desk_session: { expiresAt: string } }>()
          .selectFrom('desk_session')
          .select('expiresAt')
          .executeTakeFirstOrThrow()
      ).expiresAt
    await database
      .withTables<{ desk_session: { expiresAt: string } }>()
      .updateTable('desk_session')
      .set({ expiresAt: new Date(Date.now() + 3600_000).toISOString() })
      .execute()
    const before = await expiry()
    expect((await accounts.session(headers, false))?.user.name).toBe('chen')
    expect(await expiry()).toBe(before)
    await accounts.session(headers)
    expect((await expiry()) > before).toBe(true)
  })

  it('a disabled account is signed out and cannot sign in until it is enabled', async () => {
    const secret = await added('chen')
    const headers = await signedIn('chen', secret)
    await accounts.setDisabled('chen', true)
    expect(await accounts.session(headers)).toBeUndefined()
    expect(await accounts.signIn('chen', secret, '10.0.0.3')).toMatchObject({ ok: false, code: 'account-disabled' })
    await accounts.setDisabled('chen', false)
    expect((await accounts.signIn('chen', secret, '10.0.0.3')).ok).toBe(true)
  })

  it('the last administrator cannot be disabled', async () => {
    await added('admin', 'administrator')
    expect(await accounts.setDisabled('admin', true)).toMatchObject({ ok: false, code: 'last-administrator' })
  })

  it('a reset gives a new one-time secret and ends every session', async () => {
    const old = await added('chen')
    const headers = await signedIn('chen', old)
    const reset = await accounts.resetSecret('chen')
    expect(await accounts.session(headers)).toBeUndefined()
    expect((await accounts.signIn('chen', old, '10.0.0.4')).ok).toBe(false)
    expect(reset.ok && (await accounts.signIn('chen', reset.value.secret, '10.0.0.4')).ok).toBe(true)
  })
})

describe('the session secret', () => {
  it('is made once, kept, and readable by its owner only', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'zhika-secret-')), 'data', 'session.key')
    const made = await keepSecret(path, randomIds)
    expect(made.length).toBeGreaterThanOrEqual(32)
    expect(await keepSecret(path, randomIds)).toBe(made)
    expect((await readFile(path, 'utf8')).trim()).toBe(made)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })
})
