/** better-auth's tables under names of our own, as its own generator words them (better-auth 1.7, username and admin plugins). */
import type { Migrations } from '../../platform/database/migrate.ts'

export const tableNames = {
  user: 'desk_user',
  session: 'desk_session',
  account: 'desk_account',
  verification: 'desk_verification',
  rateLimit: 'desk_rate_limit',
} as const

export const accountMigrations: Migrations = {
  '2026-11-22-desk-accounts': {
    async up(db) {
      const { schema } = db
      await schema
        .createTable(tableNames.user)
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('email', 'text', (column) => column.notNull().unique())
        .addColumn('emailVerified', 'integer', (column) => column.notNull())
        .addColumn('image', 'text')
        .addColumn('createdAt', 'text', (column) => column.notNull())
        .addColumn('updatedAt', 'text', (column) => column.notNull())
        .addColumn('username', 'text', (column) => column.unique())
        .addColumn('displayUsername', 'text')
        .addColumn('role', 'text')
        .addColumn('banned', 'integer')
        .addColumn('banReason', 'text')
        .addColumn('banExpires', 'text')
        .addColumn('mustChangePassword', 'integer')
        .execute()
      await schema
        .createTable(tableNames.session)
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('expiresAt', 'text', (column) => column.notNull())
        .addColumn('token', 'text', (column) => column.notNull().unique())
        .addColumn('createdAt', 'text', (column) => column.notNull())
        .addColumn('updatedAt', 'text', (column) => column.notNull())
        .addColumn('ipAddress', 'text')
        .addColumn('userAgent', 'text')
        .addColumn('userId', 'text', (column) => column.notNull().references(`${tableNames.user}.id`).onDelete('cascade'))
        .addColumn('impersonatedBy', 'text')
        .execute()
      await schema
        .createTable(tableNames.account)
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('accountId', 'text', (column) => column.notNull())
        .addColumn('providerId', 'text', (column) => column.notNull())
        .addColumn('userId', 'text', (column) => column.notNull().references(`${tableNames.user}.id`).onDelete('cascade'))
        .addColumn('accessToken', 'text')
        .addColumn('refreshToken', 'text')
        .addColumn('idToken', 'text')
        .addColumn('accessTokenExpiresAt', 'text')
        .addColumn('refreshTokenExpiresAt', 'text')
        .addColumn('scope', 'text')
        .addColumn('password', 'text')
        .addColumn('createdAt', 'text', (column) => column.notNull())
        .addColumn('updatedAt', 'text', (column) => column.notNull())
        .execute()
      await schema
        .createTable(tableNames.verification)
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('identifier', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('expiresAt', 'text', (column) => column.notNull())
        .addColumn('createdAt', 'text', (column) => column.notNull())
        .addColumn('updatedAt', 'text', (column) => column.notNull())
        .execute()
      await schema
        .createTable(tableNames.rateLimit)
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('key', 'text', (column) => column.notNull().unique())
        .addColumn('count', 'integer', (column) => column.notNull())
        .addColumn('lastRequest', 'bigint', (column) => column.notNull())
        .execute()
      await schema.createIndex('desk_session_user').on(tableNames.session).column('userId').execute()
      await schema.createIndex('desk_account_user').on(tableNames.account).column('userId').execute()
      await schema.createIndex('desk_verification_identifier').on(tableNames.verification).column('identifier').execute()
    },
  },
}
