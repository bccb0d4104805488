import { Client } from 'pg';
import type { Env } from '../../../config/env';
import { databaseAddress } from './database-url';

/** How the API and the owner of the tables reach one database. */
export type DatabaseAccess = Pick<Env, 'DATABASE_URL' | 'MIGRATION_DATABASE_URL' | 'DATABASE_ROLE'>;

/** The server, the database and the login that a URL leads to, with the driver's defaults for what it leaves out. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/**
 * Returns the settings of both logins, complete. Where one URL is given, it is the owner's: the API uses it as well, and takes another
 * role on each connection. Two logins take none. Throws where the application's is missing, or both are the same.
 */
export function databaseAccess({ DATABASE_URL, MIGRATION_DATABASE_URL, DATABASE_ROLE }: DatabaseAccess): DatabaseAccess {
  if (MIGRATION_DATABASE_URL) {
    requireTwoLogins(DATABASE_URL, MIGRATION_DATABASE_URL);
    return { DATABASE_URL, MIGRATION_DATABASE_URL, DATABASE_ROLE: '' };
  }
  const role = DATABASE_ROLE || `${destinationOf(DATABASE_URL).user.slice(0, MAX_NAME - SUFFIX.length)}${SUFFIX}`;
  return { DATABASE_URL, MIGRATION_DATABASE_URL: DATABASE_URL, DATABASE_ROLE: role };
}

/** Returns the role that the API works as: the one that it takes, or that of its login. */
export function applicationRole({ DATABASE_URL, DATABASE_ROLE }: DatabaseAccess): string {
  return DATABASE_ROLE || destinationOf(DATABASE_URL).user;
}

/** Returns where a URL leads to. */
export function destinationOf(url: string): Destination {
  const { options: _options, ...address } = databaseAddress(url);
  // The driver's own defaults, which come from the environment and the operating system.
  const { host, port, database = '', user = '' } = new Client(address);
  return { host, port, database, user };
}

/**
 * Returns the driver's option `options` that makes a session begin as the role, added to the options of the URL. Being a part of the
 * session's start, it costs no round trip, holds after a reconnect, and is what RESET ROLE goes back to.
 */
export function takingRole(role: string, options: unknown): { readonly options?: string } {
  if (role === '') return {};
  // https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS
  const escaped = role.replace(/[\\\s]/g, '\\$&');
  return { options: [...(typeof options === 'string' ? [options] : []), `-c role=${escaped}`].join(' ') };
}

/* Of a role, in bytes: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const MAX_NAME = 63;
const SUFFIX = '_app';

function requireTwoLogins(url: string, ownersUrl: string): void {
  if (url === '')
    throw new Error('MIGRATION_DATABASE_URL is set and DATABASE_URL is not. Set DATABASE_URL to the login of the API, which owns nothing.');
  const { user } = destinationOf(url);
  if (user !== destinationOf(ownersUrl).user) return;
  throw new Error(
    `DATABASE_URL and MIGRATION_DATABASE_URL both log in as ${user}. Give the API a login of its own, which owns nothing, ` +
      'or remove MIGRATION_DATABASE_URL: the API then takes another role on each connection.',
  );
}
