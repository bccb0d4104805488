import { createLogger as createWinston, format, type Logger } from 'winston';
import type { Env } from '../../config/env';
import { LogOutput } from './log-output';
import { redact } from './redaction';

const LINE = Symbol.for('message');

type Entry = Readonly<Record<string, unknown>>;

/** Creates the logger of the process: JSON lines in production, readable lines elsewhere, both without secrets. */
export function createLogger({ LOG_LEVEL, NODE_ENV }: Env, output: Pick<NodeJS.WritableStream, 'write'> = process.stdout): Logger {
  const write = NODE_ENV === 'production' ? JSON.stringify : readable;
  const line = format((info) => {
    // Set apart from the rest: the redacted copy of an error has no level.
    info[LINE] = write({ timestamp: new Date().toISOString(), level: info.level, ...(redact(info) as Entry) });
    return info;
  });
  return createWinston({
    level: LOG_LEVEL === 'silent' ? 'error' : LOG_LEVEL,
    silent: LOG_LEVEL === 'silent',
    format: line(),
    transports: [new LogOutput(output)],
  });
}

function readable({ timestamp, level, message, ...rest }: Entry): string {
  const details = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return [timestamp, level, message, ...details].join(' ');
}
