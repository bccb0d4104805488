import { join } from 'node:path';
import Joi from 'joi';
import { SALES_SETTINGS } from './sales-settings';
import { SEARCH_LANGUAGES } from './search-languages';
import { baseUrl, databaseUrl, httpUrl, integer, keys, limitOrOff, milliseconds, networks, onOff, origins, seconds } from './setting-rules';
import { strongKey } from './strong-key';

/** One setting: its schema with its default, and its description. */
export interface Setting {
  readonly schema: Joi.Schema;
  readonly description: string;
  /** The value that `.env.example` shows where the default is empty. */
  readonly example?: string;
  /** What the table of docs/settings.md shows where the default depends on another setting. */
  readonly defaultText?: string;
  /** What to set in production; only where the setting is required there. */
  readonly inProduction?: string;
  /** A further rule for production. */
  readonly productionRule?: Joi.CustomValidator<string>;
}

/** Every setting, in the order of `.env.example` and docs/settings.md, which are generated from it. */
export const SETTINGS = {
  NODE_ENV: {
    schema: Joi.string().valid('development', 'test', 'production').default('development'),
    description: 'production requires DATABASE_URL and JWT_SECRET.',
  },
  PORT: { schema: integer(0, 65_535, 3000), description: 'The port to listen on; 0 takes any free port.' },
  HOST: { schema: Joi.string().hostname().default('127.0.0.1'), description: 'The address to listen on.' },
  DATABASE_URL: {
    schema: Joi.string().custom(databaseUrl).default(''),
    description:
      'PostgreSQL 14 or newer; without it, an embedded PostgreSQL 18 starts. The login of the API, which owns nothing (docs/adr/0014).',
    example: 'postgres://storekeeper_app:password@localhost:5432/storekeeper',
    inProduction: 'the URL of a PostgreSQL server, such as postgres://user:password@host:5432/storekeeper',
  },
  MIGRATION_DATABASE_URL: {
    schema: Joi.string().custom(databaseUrl).default(''),
    description:
      'The same database by the login of its owner, who migrates; without it, DATABASE_URL is the owner’s, and the API takes another role on each connection.',
    example: 'postgres://storekeeper:password@localhost:5432/storekeeper',
  },
  DATABASE_ROLE: {
    schema: Joi.string().max(63).default(''),
    description: 'The role that the API takes where DATABASE_URL is the owner’s; made at the start where it is missing.',
    defaultText: 'the owner’s name and `_app`',
  },
  DATA_DIR: {
    schema: Joi.string().min(1).default('.data'),
    description: 'The folder of the embedded PostgreSQL and the generated secrets.',
  },
  DEMO_DATA: {
    schema: Joi.boolean().default(({ NODE_ENV }) => NODE_ENV !== 'production'),
    description: 'Loads the Northwind demo shop into an empty database at the start; in production only where it is true.',
    example: 'true',
    defaultText: 'true; in production false',
  },
  ADMIN_EMAIL: {
    schema: Joi.string().email({ tlds: false, allowUnicode: false }).default('admin@storekeeper.example'),
    description: 'The email of the first administrator, created when the shop has none.',
  },
  ADMIN_PASSWORD: {
    schema: Joi.string().min(10).max(128).default(''),
    description:
      'The password of the first administrator, 10 characters or more; production refuses one that is easy to guess. When not set, it is generated, and printed once; production writes it to DATA_DIR/admin-password instead.',
  },
  JWT_SECRET: {
    schema: Joi.string().min(32).max(512).default(''),
    description: 'Signs access tokens, 32 characters or more; generated and kept in DATA_DIR when not set.',
    inProduction: '32 or more random characters, such as the output of `openssl rand -base64 48`',
    productionRule: strongKey,
  },
  ACCESS_TOKEN_TTL_S: { schema: integer(30, 86_400, 900), description: 'How long an access token lasts, in seconds.' },
  REFRESH_TOKEN_TTL_S: { schema: integer(60, 31_536_000, 2_592_000), description: 'How long a refresh token lasts, in seconds.' },
  LOG_LEVEL: {
    schema: Joi.string().valid('error', 'warn', 'info', 'debug', 'silent').default('info'),
    description: 'The least severe level that is logged: error, warn, info or debug; silent logs nothing (docs/logging.md).',
  },
  RATE_LIMIT: {
    schema: limitOrOff(6_000),
    description:
      'The points per minute that one client may use: a plain request takes 1, a search or a tree 10, an exact total 100; off for no limit.',
  },
  TRUST_PROXY: { schema: integer(0, 10, 0), description: 'The number of reverse proxies in front of the server.' },
  BODY_LIMIT_BYTES: {
    schema: integer(1_024, 100_000_000, 1_048_576),
    description: 'The largest request body, decompressed, in bytes; most endpoints read less.',
  },
  BULK_BODY_LIMIT_BYTES: {
    schema: integer(1_024, 100_000_000, 4_194_304),
    description: 'The largest body of a bulk request, decompressed, in bytes.',
  },
  MEDIA_DIR: {
    schema: Joi.string()
      .min(1)
      .default(({ DATA_DIR }) => join(DATA_DIR, 'media')),
    description: 'The folder of uploaded files; every process needs the same one, and a backup.',
    defaultText: '`DATA_DIR`/media',
    example: '.data/media',
  },
  MEDIA_BASE_URL: {
    schema: Joi.string().max(500).custom(baseUrl).default(''),
    description: 'Where pages load uploaded images from, such as a CDN in front of the API; the API itself when not set.',
    example: 'https://cdn.shop.example',
  },
  MEDIA_MAX_BYTES: { schema: integer(1_024, 104_857_600, 20_971_520), description: 'The largest file that can be uploaded, in bytes.' },
  MEDIA_MAX_PIXELS: {
    schema: integer(10_000, 250_000_000, 50_000_000),
    description: 'The most pixels of an uploaded image, over all its frames; making a variant takes up to 4 bytes for each.',
  },
  S3_BUCKET: {
    schema: Joi.string().min(3).max(63).default(''),
    description: 'The bucket for uploaded files, instead of MEDIA_DIR.',
    example: 'shop-media',
  },
  S3_ENDPOINT: {
    schema: Joi.string().custom(httpUrl).default(''),
    description: 'The URL of a server that speaks the protocol of Amazon S3; Amazon itself when not set.',
    example: 'http://localhost:9000',
  },
  S3_REGION: { schema: Joi.string().min(1).max(60).default('us-east-1'), description: 'The region of the bucket.' },
  S3_ACCESS_KEY_ID: {
    schema: Joi.string().max(200).default(''),
    description: 'The id of the access key; when not set, that of the machine’s role.',
  },
  S3_SECRET_ACCESS_KEY: { schema: Joi.string().max(1_000).default(''), description: 'The secret of the access key.' },
  CORS_ORIGINS: {
    schema: Joi.string().custom(origins).default(''),
    description: 'The origins whose pages may call the API, comma-separated, or * for all; none when not set.',
    example: 'https://shop.example',
  },
  MAX_CONNECTIONS: {
    schema: integer(1, 100_000, 2_000),
    description: 'The open connections of the process; fewer where it may open fewer files.',
  },
  MAX_CONNECTIONS_PER_ADDRESS: {
    schema: integer(1, 100_000, 256),
    description: 'The open connections of one client; not applied behind a reverse proxy (TRUST_PROXY).',
  },
  MAX_EVENT_STREAMS: {
    schema: integer(0, 10_000, 100),
    description: 'The clients that may listen to the events of the process at a time (GET /v1/events/stream).',
  },
  MAX_EVENT_LOOP_LAG_MS: {
    schema: limitOrOff(250),
    description:
      'How late the event loop may be, in milliseconds, before requests are refused with a 503; off for no limit. Health checks are always answered.',
  },
  MAX_REQUESTS_IN_WORK: {
    schema: limitOrOff(256),
    description:
      'How many reads, and how many writes, may be in work at once, those that wait for the database included, before further ones are refused with a 503; off for no limit.',
  },
  WRITE_TIMEOUT_MS: {
    schema: milliseconds(20_000),
    description: 'How long a client may leave a response unread before its connection is closed, in milliseconds.',
  },
  REQUEST_TIMEOUT_MS: {
    schema: milliseconds(30_000),
    description: 'How long a request may take to arrive, in milliseconds; of a file that is imported, each 256 KiB.',
  },
  KEEP_ALIVE_TIMEOUT_MS: {
    schema: milliseconds(65_000),
    description: 'How long an idle connection stays open, in milliseconds; must exceed the idle timeout of a reverse proxy.',
  },
  SHUTDOWN_TIMEOUT_MS: {
    schema: milliseconds(10_000),
    description: 'How long a whole shutdown may take (requests in flight, connections, embedded PostgreSQL), in milliseconds.',
  },
  MIGRATION_WAIT_MS: {
    schema: milliseconds(300_000),
    description: 'How long a start or a db command waits for another that migrates or seeds the same database, in milliseconds.',
  },
  ...SALES_SETTINGS,
  REQUIRE_IDEMPOTENCY_KEY: {
    schema: Joi.boolean().default(false),
    description: 'true refuses orders, payments and refunds without an Idempotency-Key (428).',
  },
  REVIEW_MODERATION: {
    schema: onOff,
    description: 'on keeps new and edited reviews pending until staff publish them; off publishes them at once.',
  },
  REQUIRE_PRODUCT_SAFETY: {
    schema: Joi.boolean().default(false),
    description: 'true refuses to activate a product without its safety information (Regulation (EU) 2023/988, article 19).',
  },
  DB_POOL_MAX: { schema: integer(1, 500, 10), description: 'The largest number of database connections of the process.' },
  DB_POOL_ACQUIRE_TIMEOUT_MS: { schema: milliseconds(10_000), description: 'How long a request waits for a connection, in milliseconds.' },
  JOBS: { schema: onOff, description: 'off leaves the jobs to processes of their own, which `npm run worker` starts.' },
  BATCHING: {
    schema: onOff,
    description: 'off gives every read and order its own statement and connection; the responses are the same.',
  },
  STATEMENT_TIMEOUT_MS: { schema: milliseconds(15_000), description: 'How long a statement may run, in milliseconds.' },
  LOCK_TIMEOUT_MS: {
    schema: milliseconds(3_000),
    description:
      'How long a statement waits for a lock, in milliseconds; well below DB_POOL_ACQUIRE_TIMEOUT_MS, because a waiter keeps its connection from others.',
  },
  IDLE_IN_TRANSACTION_TIMEOUT_MS: { schema: milliseconds(15_000), description: 'How long a transaction may be idle, in milliseconds.' },
  ENCRYPTION_KEYS: {
    schema: Joi.string().max(4_096).custom(keys).default(''),
    description:
      'Encrypt stored secrets, comma-separated, each 32 characters or more: the first encrypts, all decrypt; without it, a key derived from JWT_SECRET does.',
  },
  WEBHOOK_ALLOWED_NETWORKS: {
    schema: Joi.string().max(2_000).custom(networks).default(''),
    description: 'The private networks that webhooks may be sent to, as CIDRs, comma-separated; none when not set.',
    example: '10.1.0.0/16',
  },
  WEBHOOK_HTTP: {
    schema: Joi.string().valid('on', 'off').default('off'),
    description: 'on allows webhooks with http:// URLs, which anybody on the way can read.',
  },
  WEBHOOK_RETRY_DELAYS_S: {
    schema: Joi.string().max(200).custom(seconds).default('5,30,120,600,1800,3600,10800,21600,43200'),
    description: 'The waits before each further attempt of a webhook delivery, in seconds; it is given up after the last one.',
  },
  WEBHOOK_PAUSE_AFTER_S: {
    schema: integer(1, 2_592_000, 43_200),
    description: 'How long every attempt of a webhook may fail before it is paused, in seconds.',
  },
  SEARCH_LANGUAGE: {
    schema: Joi.string()
      .valid(...SEARCH_LANGUAGES)
      .default('english'),
    description:
      'The language whose endings product search ignores, such as german; simple for none. A change indexes the products again at the next start, or by `npm run search:language`.',
  },
  V8_FLAGS: { schema: onOff, description: 'off starts Node without the memory flags of docs/adr/0007; the responses are the same.' },
} as const satisfies Readonly<Record<string, Setting>>;
