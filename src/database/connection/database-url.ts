import { parse } from 'pg-connection-string';
import type { Options } from 'sequelize';

/** The parts of a DATABASE_URL, decoded, and its further options (`sslmode`, `options`, ...) as the driver takes them. */
export interface DatabaseAddress {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Returns the parts of a DATABASE_URL, of which each may be percent-encoded (RFC 3986). The driver, Sequelize and sequelize-cli all get
 * them: each has a parser of its own, and these disagree about `%20` in a name and about `sslmode`.
 */
export function databaseAddress(url: string): DatabaseAddress {
  const { href, username, password, pathname } = new URL(url);
  const { host, port, user: _user, password: _password, database: _database, ...options } = parse(href);
  return {
    host: host || undefined,
    port: port ? Number(port) : undefined,
    user: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    database: decodeURIComponent(pathname.slice(1)) || undefined,
    options,
  };
}

/** Returns Sequelize's options for a DATABASE_URL; options of the URL replace the given ones of the driver, and `last` replaces either. */
export function sequelizeOptions(
  url: string,
  dialectOptions: object,
  last: (options: DatabaseAddress['options']) => object = () => ({}),
): Options {
  const { user, host, port, password, database, options } = databaseAddress(url);
  return {
    dialect: 'postgres',
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    dialectOptions: { ...dialectOptions, ...options, ...last(options) },
  };
}
