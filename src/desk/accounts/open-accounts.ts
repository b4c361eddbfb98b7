/** Who may sit at the desk (账号): better-auth with user names and two roles. */
import { betterAuth } from 'better-auth'
import { admin, username } from 'better-auth/plugins'
import { createAccessControl } from 'better-auth/plugins/access'
import { adminAc, defaultStatements, userAc } from 'better-auth/plugins/admin/access'
import { codeOf } from '../../platform/errors.ts'
import type { Database } from '../../platform/database/open-database.ts'
import type { Ids } from '../../platform/ids.ts'
import type { Log } from '../../platform/log/log.ts'
import { done, refuse, type Result } from '../../platform/result.ts'
import { tableNames } from './account-tables.ts'

export const roleTitles = { clerk: '窗口人员', administrator: '管理员' } as const
export type Role = keyof typeof roleTitles

export interface User {
  readonly id: string
  /** What they sign in with; also the actor in the log of an application. */
  readonly name: string
  readonly role: Role
  /** Signed in with a one-time secret so far. */
  readonly mustChangePassword: boolean
  readonly disabled: boolean
}

export interface AccountsParts {
  readonly database: Database
  readonly ids: Ids
  readonly log: Log
  /** Signs session cookies; see `keep-secret.ts`. */
  readonly secret: string
  /** Where browsers find the desk, e.g. `https://zhika.example.cn`: cookies are `Secure` when it is https. */
  readonly address: string
  /** A session ends after so many hours without use. */
  readonly sessionHours: number
}

/** A session and the cookies that keep it alive. */
export interface Session {
  readonly user: User
  readonly cookies: readonly string[]
}

export type Accounts = ReturnType<typeof openAccounts>

/** Sign-ins from one address within `window` seconds: room for an office behind one address in the morning, none for guessing. */
const signInLimit = { window: 60, max: 20 }
const passwordLengths = { shortest: 10, longest: 128 }
const secretLength = 16

export function openAccounts({ database, ids, log, secret, address, sessionHours }: AccountsParts) {
  const auth = betterAuth({
    appName: 'zhika',
    secret,
    baseURL: address,
    basePath: '/accounts',
    // Our kysely, not its connection: every statement waits its turn behind an open transaction.
    database: { db: database as never, type: 'sqlite' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengths.shortest,
      maxPasswordLength: passwordLengths.longest,
    },
    user: {
      modelName: tableNames.user,
      additionalFields: { mustChangePassword: { type: 'boolean', required: false, defaultValue: false, input: false } },
    },
    session: { modelName: tableNames.session, expiresIn: sessionHours * 3600, updateAge: 600 },
    account: { modelName: tableNames.account },
    verification: { modelName: tableNames.verification },
    rateLimit: { enabled: true, storage: 'database', modelName: tableNames.rateLimit, customRules: { [signInPath]: signInLimit } },
    advanced: {
      cookiePrefix: 'zhika',
      // Only the desk itself fills this header, from the connection.
      ipAddress: { ipAddressHeaders: [addressHeader] },
      useSecureCookies: address.startsWith('https:'),
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      username({
        minUsernameLength: userNameLengths.shortest,
        maxUsernameLength: userNameLengths.longest,
        usernameValidator: (name) => userNamePattern.test(name),
      }),
      admin({
        defaultRole: 'clerk',
        adminRoles: ['administrator'],
        ac,
        roles: { administrator: ac.newRole(adminAc.statements), clerk: ac.newRole(userAc.statements) },
      }),
    ],
  })

  async function everybody(): Promise<User[]> {
    const context = await auth.$context
    const found = await context.adapter.findMany<StoredUser>({
      model: 'user',
      limit: 1000,
      sortBy: { field: 'createdAt', direction: 'asc' },
    })
    return found.map(asUser)
  }

  async function byName(name: string): Promise<Result<User>> {
    const found = (await everybody()).find((user) => user.name === name.trim().toLowerCase())
    return found ? done(found) : refuse('user-unknown', `没有名为“${name}”的账号`)
  }

  return {
    async hasUsers(): Promise<boolean> {
      const context = await auth.$context
      return (await context.adapter.count({ model: 'user' })) > 0
    },
    list: everybody,
    /** Adds an account; the one-time secret is told once and must be replaced at the first sign-in. */
    async addUser(name: string, role: Role): Promise<Result<{ secret: string }>> {
      const wanted = name.trim().toLowerCase()
      if (wanted.length < userNameLengths.shortest || wanted.length > userNameLengths.longest || !userNamePattern.test(wanted))
        return refuse('name-invalid', `账号名须为 ${userNameLengths.shortest} 至 ${userNameLengths.longest} 个汉字、字母、数字或 . _ -`)
      if ((await byName(wanted)).ok) return refuse('name-taken', `账号“${wanted}”已经存在，请换一个名字`)
      const once = ids.secret(secretLength)
      await auth.api.createUser({
        body: {
          // better-auth wants an address for everybody; a clerk has a name only (RFC 2606: `.invalid` reaches nobody).
          email: `${ids.next()}@desk.invalid`,
          name: wanted,
          password: once,
          role,
          data: { username: wanted, displayUsername: wanted, mustChangePassword: true },
        },
      })
      log.info('account-added', { role })
      return done({ secret: once })
    },
    /** Puts a new one-time secret in place of the password and ends every session of the account. */
    async resetSecret(name: string): Promise<Result<{ secret: string }>> {
      const user = await byName(name)
      if (!user.ok) return user
      const context = await auth.$context
      const once = ids.secret(secretLength)
      await context.internalAdapter.updatePassword(user.value.id, await context.password.hash(once))
      await context.internalAdapter.updateUser(user.value.id, { mustChangePassword: true })
      await context.internalAdapter.deleteUserSessions(user.value.id)
      log.info('account-reset', {})
      return done({ secret: once })
    },
    /** A disabled account cannot sign in and is signed out everywhere; the last administrator stays. */
    async setDisabled(name: string, disabled: boolean): Promise<Result<User>> {
      const user = await byName(name)
      if (!user.ok) return user
      const others = (await everybody()).filter((other) => other.role === 'administrator' && !other.disabled && other.id !== user.value.id)
      if (disabled && user.value.role === 'administrator' && others.length === 0)
        return refuse('last-administrator', '这是最后一位管理员，不能停用')
      const context = await auth.$context
      await context.internalAdapter.updateUser(user.value.id, { banned: disabled })
      if (disabled) await context.internalAdapter.deleteUserSessions(user.value.id)
      log.info('account-disabled', { disabled })
      return done({ ...user.value, disabled })
    },
    /** `from` is the caller's network address: so many tries a minute come from one place. */
    async signIn(name: string, password: string, from: string): Promise<Result<Session>> {
      const response = await auth.handler(
        new Request(new URL(`/accounts${signInPath}`, address), {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: new URL(address).origin, [addressHeader]: from },
          body: JSON.stringify({ username: name.trim().toLowerCase(), password }),
        }),
      )
      if (response.status === 429) return refuse('too-many-sign-ins', `尝试次数过多，请 ${signInLimit.window} 秒后再试`)
      const answer = (await response.json()) as { user?: StoredUser; code?: string }
      if (answer.code === 'BANNED_USER') return refuse('account-disabled', '该账号已停用，请联系管理员')
      if (!response.ok || !answer.user) return refuse('sign-in-failed', '用户名或密码不正确')
      return done({ user: asUser(answer.user), cookies: response.headers.getSetCookie() })
    },
    /** The session that the request's cookies stand for; with `prolong` it counts as used. */
    async session(headers: Headers, prolong = true): Promise<Session | undefined> {
      const { response, headers: answered } = await auth.api.getSession({
        headers,
        query: { disableRefresh: !prolong },
        returnHeaders: true,
      })
      if (!response) return undefined
      const user = asUser(response.user as unknown as StoredUser)
      return user.disabled ? undefined : { user, cookies: answered?.getSetCookie() ?? [] }
    },
    async signOut(headers: Headers): Promise<readonly string[]> {
      const { headers: answered } = await auth.api.signOut({ headers, returnHeaders: true })
      return answered.getSetCookie()
    },
    /** Replaces the password; every other session of the account ends. Answers with the cookies of the new session. */
    async changePassword(headers: Headers, user: User, current: string, wanted: string): Promise<Result<{ cookies: readonly string[] }>> {
      if (wanted.length < passwordLengths.shortest) return refuse('password-short', `新密码至少 ${passwordLengths.shortest} 位`)
      if (wanted.length > passwordLengths.longest) return refuse('password-long', `新密码最多 ${passwordLengths.longest} 位`)
      if (wanted === current) return refuse('password-same', '新密码不能与原密码相同')
      if (wanted.toLowerCase().includes(user.name)) return refuse('password-weak', '新密码不能包含账号名')
      try {
        const context = await auth.$context
        const changed = await auth.api.changePassword({
          headers,
          body: { currentPassword: current, newPassword: wanted, revokeOtherSessions: true },
          returnHeaders: true,
        })
        await context.internalAdapter.updateUser(user.id, { mustChangePassword: false })
        return done({ cookies: changed.headers.getSetCookie() })
      } catch (error) {
        if (isRefusal(error)) return refuse('password-wrong', '原密码不正确')
        log.error('password-change-failed', error, { code: codeOf(error) })
        throw error
      }
    },
  }
}

const ac = createAccessControl(defaultStatements)
const signInPath = '/sign-in/username'
const addressHeader = 'x-desk-address'
const userNamePattern = /^[\p{Script=Han}a-z0-9._-]+$/u
const userNameLengths = { shortest: 2, longest: 30 }

interface StoredUser {
  readonly id: string
  readonly name: string
  readonly username?: string | null
  readonly role?: string | null
  readonly banned?: boolean | null
  readonly mustChangePassword?: boolean | null
}

function asUser(stored: StoredUser): User {
  return {
    id: stored.id,
    name: stored.username ?? stored.name,
    role: stored.role === 'administrator' ? 'administrator' : 'clerk',
    mustChangePassword: Boolean(stored.mustChangePassword),
    disabled: Boolean(stored.banned),
  }
}

/** better-auth throws an `APIError` with a numeric status for what the caller did wrong. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500
}
