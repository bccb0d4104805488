import { existsSync } from 'node:fs';
import Joi from 'joi';
import type { SearchLanguage } from './search-languages';
import { SETTINGS, type Setting } from './settings';

/** Every setting, parsed, with its default where it was not set (settings.ts). */
export interface Env {
  readonly NODE_ENV: 'development' | 'test' | 'production';
  readonly PORT: number;
  readonly HOST: string;
  /** Empty where it is not set, until the embedded server has started. */
  readonly DATABASE_URL: string;
  /** The owner's; empty where it is not set, until the settings are completed (src/database/connection/database-access.ts). */
  readonly MIGRATION_DATABASE_URL: string;
  /** The role that each connection of the API takes; empty where its login is the application's. */
  readonly DATABASE_ROLE: string;
  readonly DATA_DIR: string;
  readonly DEMO_DATA: boolean;
  readonly ADMIN_EMAIL: string;
  readonly ADMIN_PASSWORD: string;
  readonly JWT_SECRET: string;
  readonly ACCESS_TOKEN_TTL_S: number;
  readonly REFRESH_TOKEN_TTL_S: number;
  readonly LOG_LEVEL: 'error' | 'warn' | 'info' | 'debug' | 'silent';
  readonly RATE_LIMIT: number | 'off';
  readonly TRUST_PROXY: number;
  readonly BODY_LIMIT_BYTES: number;
  readonly BULK_BODY_LIMIT_BYTES: number;
  readonly MEDIA_DIR: string;
  /** Empty where the API itself serves uploaded images. */
  readonly MEDIA_BASE_URL: string;
  readonly MEDIA_MAX_BYTES: number;
  readonly MEDIA_MAX_PIXELS: number;
  /** Empty where files are kept in MEDIA_DIR. */
  readonly S3_BUCKET: string;
  readonly S3_ENDPOINT: string;
  readonly S3_REGION: string;
  readonly S3_ACCESS_KEY_ID: string;
  readonly S3_SECRET_ACCESS_KEY: string;
  /** Comma-separated. */
  readonly CORS_ORIGINS: string;
  readonly MAX_CONNECTIONS: number;
  readonly MAX_CONNECTIONS_PER_ADDRESS: number;
  readonly MAX_EVENT_STREAMS: number;
  readonly MAX_EVENT_LOOP_LAG_MS: number | 'off';
  readonly MAX_REQUESTS_IN_WORK: number | 'off';
  readonly WRITE_TIMEOUT_MS: number;
  readonly REQUEST_TIMEOUT_MS: number;
  readonly KEEP_ALIVE_TIMEOUT_MS: number;
  readonly SHUTDOWN_TIMEOUT_MS: number;
  readonly MAX_UNPAID_ORDERS_PER_ACCOUNT: number | 'off';
  readonly MAX_UNPAID_UNITS_PER_ACCOUNT: number | 'off';
  readonly MIGRATION_WAIT_MS: number;
  readonly CART_HOLD_MINUTES: number;
  readonly CART_HOLD_MAX_UNITS: number | 'off';
  readonly CART_EXPIRES_DAYS: number;
  readonly WITHDRAWAL_DAYS: number;
  readonly SHOP_NAME: string;
  readonly SHOP_ADDRESS: string;
  readonly SHOP_TAX_ID: string;
  readonly MAIL_URL: string;
  readonly MAIL_FROM: string;
  readonly SHOP_COUNTRY: string;
  readonly PRICES_INCLUDE_TAX: boolean;
  readonly ORDER_EXPIRES_MINUTES: number | 'off';
  readonly PAYMENT_PROVIDER: 'standard-webhooks';
  /** Comma-separated; empty where the shop takes no messages of a provider. */
  readonly PAYMENT_WEBHOOK_SECRET: string;
  readonly TAX_ROUNDING: 'line' | 'total';
  readonly REQUIRE_IDEMPOTENCY_KEY: boolean;
  readonly REVIEW_MODERATION: 'on' | 'off';
  readonly REQUIRE_PRODUCT_SAFETY: boolean;
  readonly DB_POOL_MAX: number;
  readonly DB_POOL_ACQUIRE_TIMEOUT_MS: number;
  readonly JOBS: 'on' | 'off';
  readonly BATCHING: 'on' | 'off';
  readonly STATEMENT_TIMEOUT_MS: number;
  readonly LOCK_TIMEOUT_MS: number;
  readonly IDLE_IN_TRANSACTION_TIMEOUT_MS: number;
  /** Comma-separated; the first encrypts. */
  readonly ENCRYPTION_KEYS: string;
  /** CIDRs, comma-separated. */
  readonly WEBHOOK_ALLOWED_NETWORKS: string;
  readonly WEBHOOK_HTTP: 'on' | 'off';
  /** Seconds, comma-separated. */
  readonly WEBHOOK_RETRY_DELAYS_S: string;
  readonly WEBHOOK_PAUSE_AFTER_S: number;
  readonly SEARCH_LANGUAGE: SearchLanguage;
  /** Read by scripts/v8-flags.cjs, before the server starts. */
  readonly V8_FLAGS: 'on' | 'off';
}

/** The error of missing or invalid settings; the message names all of them. */
export class EnvError extends Error {
  constructor(readonly violations: readonly string[]) {
    super(`Invalid settings:\n${violations.map((violation) => `  - ${violation}`).join('\n')}\nSee .env.example for every setting.`);
    this.name = 'EnvError';
  }
}

/** Loads a `.env` file into the environment, where there is one; variables that are set already stay. */
export function loadEnvFile(path = '.env'): void {
  if (existsSync(path)) process.loadEnvFile(path);
}

/**
 * Returns every setting, or those of the names, parsed and frozen; an empty value counts as not set. Throws `EnvError` that names all
 * violations at once.
 */
export function loadEnv(source?: NodeJS.ProcessEnv): Env;
export function loadEnv<Name extends keyof Env>(source: NodeJS.ProcessEnv | undefined, names: readonly Name[]): Pick<Env, Name>;
export function loadEnv(source = process.env, names: readonly string[] = Object.keys(SETTINGS)): Env {
  const isProduction = source.NODE_ENV === 'production';
  const given = Object.fromEntries(names.flatMap((name) => (source[name] ? [[name, source[name]]] : [])));
  const schemas = Object.entries<Setting>(SETTINGS)
    .filter(([name]) => names.includes(name))
    .map(([name, setting]) => [name, isProduction ? productionSchema(setting) : setting.schema]);
  const { value, error } = Joi.object(Object.fromEntries(schemas)).validate(given, {
    abortEarly: false,
    errors: { wrap: { label: false } },
  });
  if (error) throw new EnvError(error.details.map(violation));
  return Object.freeze(value as Env);
}

/** Returns what a saved secret breaks of its setting's rules, in words without the secret; undefined where it keeps them. */
export function faultOfSecret(name: 'JWT_SECRET', value: string): string | undefined {
  const { error } = SETTINGS[name].schema.validate(value, { errors: { wrap: { label: false } } });
  return error?.details.map(({ message }) => message.replace(/^value /, '')).join(', ');
}

/**
 * Removes the variables of PostgreSQL's programs (PGSSLMODE, PGOPTIONS, ...) from the environment. They address another server, and the
 * driver would apply them to the embedded one.
 */
export function forgetPostgresVariables(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(environment)) if (/^PG[A-Z]+$/.test(name)) delete environment[name];
}

function productionSchema({ schema, inProduction, productionRule }: Setting): Joi.Schema {
  const ruled = productionRule ? schema.custom(productionRule) : schema;
  return inProduction === undefined ? ruled : ruled.required();
}

/* No schema of a setting has a pattern: joi's message about one quotes the value, which may be a secret. */
function violation({ message, path: [name], type }: Joi.ValidationErrorItem): string {
  const { description, inProduction }: Setting = SETTINGS[name as keyof typeof SETTINGS];
  if (type === 'any.required') return `${name} must be set in production: ${inProduction}.`;
  return `${message}. (${description})`;
}

/* https://docs.libuv.org/en/v1.x/threadpool.html */
const DEFAULT_THREADS = 4;

/** Returns the number of libuv's threads, which compression, password hashes and files share; `npm start` sets it before Node starts. */
export function threadPoolSize({ UV_THREADPOOL_SIZE }: NodeJS.ProcessEnv = process.env): number {
  return Number(UV_THREADPOOL_SIZE) || DEFAULT_THREADS;
}
