import { createLogger as createWinston, format, type Logger, transports } from 'winston';
import type { Env } from '../../config/env';
import { redact } from './redaction';

/** Makes the process's logger: JSON lines in production, readable ones elsewhere; what looks like a secret never gets out. */
export function createLogger({ LOG_LEVEL, NODE_ENV }: Env): Logger {
  const redacted = format((info) => Object.assign(info, redact({ ...info }) as object));
  const shape = NODE_ENV === 'production' ? format.json() : format.printf(readable);
  return createWinston({
    level: LOG_LEVEL === 'silent' ? 'error' : LOG_LEVEL,
    silent: LOG_LEVEL === 'silent',
    format: format.combine(format.timestamp(), redacted(), shape),
    transports: [new transports.Console()],
  });
}

function readable({ timestamp, level, message, ...rest }: Record<string, unknown>): string {
  const details = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return [timestamp, level, message, ...details].join(' ');
}
