import { existsSync } from 'node:fs';
import Joi from 'joi';
import { SETTINGS, type Setting } from './settings';

/** Every setting, parsed. Times end in their unit; what was not set has its default (see settings.ts). */
export interface Env {
  readonly NODE_ENV: 'development' | 'test' | 'production';
  readonly PORT: number;
  readonly HOST: string;
  /** Empty until the embedded server is started, where none was set. */
  readonly DATABASE_URL: string;
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
  readonly REQUEST_TIMEOUT_MS: number;
  readonly KEEP_ALIVE_TIMEOUT_MS: number;
  readonly SHUTDOWN_TIMEOUT_MS: number;
  readonly DB_POOL_MAX: number;
  readonly DB_POOL_ACQUIRE_TIMEOUT_MS: number;
  readonly BATCHING: 'on' | 'off';
  readonly STATEMENT_TIMEOUT_MS: number;
  readonly LOCK_TIMEOUT_MS: number;
  readonly IDLE_IN_TRANSACTION_TIMEOUT_MS: number;
}

/** The settings are wrong; the message names every fault and what to do. */
export class EnvError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example for what each is for.`);
    this.name = 'EnvError';
  }
}

/** Reads the settings from a `.env` file into the environment, where there is one; what is set already stays. */
export function loadEnvFile(path = '.env'): void {
  if (existsSync(path)) process.loadEnvFile(path);
}

/** Parses every setting, frozen; throws `EnvError` with all that is missing or wrong at once. An empty value counts as not set. */
export function loadEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const isProduction = source.NODE_ENV === 'production';
  const given = Object.fromEntries(Object.keys(SETTINGS).flatMap((name) => (source[name] ? [[name, source[name]]] : [])));
  const schemas = Object.entries<Setting>(SETTINGS).map(([name, { schema, inProduction }]) => [
    name,
    isProduction && inProduction !== undefined ? schema.required() : schema,
  ]);
  const { value, error } = Joi.object(Object.fromEntries(schemas)).validate(given, {
    abortEarly: false,
    errors: { wrap: { label: false } },
  });
  if (error) throw new EnvError(error.details.map(fault));
  return Object.freeze(value as Env);
}

/* joi's message may quote the value, which may be a secret. */
function fault({ message, path: [name], type }: Joi.ValidationErrorItem): string {
  const { description, inProduction }: Setting = SETTINGS[name as keyof typeof SETTINGS];
  if (type === 'any.required') return `${name} must be set in production: ${inProduction}.`;
  return `${message.replace(/ with value ".*?"/s, '')}. It is for: ${description}`;
}
