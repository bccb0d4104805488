import Joi from 'joi';

/** One setting: how it is checked, what it is without being set, and what it is for. */
export interface Setting {
  readonly schema: Joi.Schema;
  readonly description: string;
  /** An example for `.env.example`, where the default is empty. */
  readonly example?: string;
  /** What to set in production, where it must be set. */
  readonly inProduction?: string;
}

const count = (min: number, max: number, usual: number) => Joi.number().integer().min(min).max(max).default(usual);
const milliseconds = (usual: number) => count(1, 3_600_000, usual);

const databaseUrl: Joi.CustomValidator<string> = (value, helpers) => {
  const isUrl = /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
  return isUrl ? value : helpers.message({ custom: '{{#label}} must be a URL like postgres://user:password@host:5432/storekeeper' });
};

/** Every setting, in the order of the docs; `.env.example` and the README's table are written from here. */
export const SETTINGS = {
  NODE_ENV: {
    schema: Joi.string().valid('development', 'test', 'production').default('development'),
    description: 'production refuses to start without a database and secrets.',
  },
  PORT: { schema: count(0, 65_535, 3000), description: 'The port to listen on; 0 takes a free one.' },
  HOST: { schema: Joi.string().hostname().default('127.0.0.1'), description: 'The address to listen on.' },
  DATABASE_URL: {
    schema: Joi.string().custom(databaseUrl).default(''),
    description: 'PostgreSQL 14 or newer; without it an embedded PostgreSQL 18 is started.',
    example: 'postgres://storekeeper:password@localhost:5432/storekeeper',
    inProduction: 'the URL of a PostgreSQL server, as in postgres://user:password@host:5432/storekeeper',
  },
  DATA_DIR: { schema: Joi.string().min(1).default('.data'), description: 'Where the embedded PostgreSQL keeps the shop.' },
  DEMO_DATA: { schema: Joi.boolean().default(true), description: 'Loads the Northwind shop into an empty database at the first start.' },
  ADMIN_EMAIL: {
    schema: Joi.string().email({ tlds: false, allowUnicode: false }).default('admin@storekeeper.example'),
    description: 'The first administrator, made where there is none.',
  },
  ADMIN_PASSWORD: {
    schema: Joi.string().min(8).max(128).default(''),
    description: 'Their password; generated and printed once where it is not set.',
  },
  JWT_SECRET: {
    schema: Joi.string().min(32).max(512).default(''),
    description: 'Signs access tokens, 32 characters or more; generated and kept in DATA_DIR where it is not set.',
    inProduction: '32 characters of chance or more, such as `openssl rand -base64 48` prints',
  },
  ACCESS_TOKEN_TTL_S: { schema: count(30, 86_400, 900), description: 'How long an access token lasts, in seconds.' },
  REFRESH_TOKEN_TTL_S: { schema: count(60, 31_536_000, 2_592_000), description: 'How long a refresh token lasts, in seconds.' },
  LOG_LEVEL: {
    schema: Joi.string().valid('error', 'warn', 'info', 'debug', 'silent').default('info'),
    description: 'error, warn, info, debug or silent.',
  },
  RATE_LIMIT: {
    schema: Joi.alternatives(Joi.number().integer().min(1).max(10_000_000), Joi.string().valid('off')).default(6_000),
    description: 'Requests a minute of one client; off for none.',
  },
  TRUST_PROXY: { schema: count(0, 10, 0), description: 'How many reverse proxies stand in front.' },
  BODY_LIMIT_BYTES: { schema: count(1_024, 100_000_000, 1_048_576), description: 'The largest body, decompressed, in bytes.' },
  REQUEST_TIMEOUT_MS: { schema: milliseconds(30_000), description: 'How long a request may take to arrive, in milliseconds.' },
  KEEP_ALIVE_TIMEOUT_MS: {
    schema: milliseconds(65_000),
    description: "How long an idle connection stays open, in milliseconds; more than a reverse proxy's, or it meets resets.",
  },
  SHUTDOWN_TIMEOUT_MS: { schema: milliseconds(10_000), description: 'How long a stop waits for requests in flight, in milliseconds.' },
  DB_POOL_MAX: { schema: count(1, 500, 10), description: 'The most database connections of the process.' },
  DB_POOL_ACQUIRE_TIMEOUT_MS: { schema: milliseconds(10_000), description: 'How long a request waits for a connection, in milliseconds.' },
  BATCHING: {
    schema: Joi.string().valid('on', 'off').default('on'),
    description: 'off runs every read and order by a statement and a connection of its own; responses stay the same.',
  },
  STATEMENT_TIMEOUT_MS: { schema: milliseconds(15_000), description: 'How long a statement may run, in milliseconds.' },
  LOCK_TIMEOUT_MS: { schema: milliseconds(10_000), description: 'How long a statement waits for a lock, in milliseconds.' },
  IDLE_IN_TRANSACTION_TIMEOUT_MS: { schema: milliseconds(15_000), description: 'How long a transaction may idle, in milliseconds.' },
} as const satisfies Readonly<Record<string, Setting>>;
