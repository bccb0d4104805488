import { BaseError, ConnectionError } from 'sequelize';
import { type DatabaseFault, databaseFault } from '../../database/sql/database-error';
import { OutcomeUnknownError } from '../../database/transaction/commit';
import {
  busy,
  internalError,
  inUse,
  invalidBody,
  invalidParameters,
  outcomeUnknown,
  unavailable,
  valueTaken,
} from '../../problems/common-problems';
import type { Problem } from '../../problems/problem';
import type { AppDependencies } from '../app-dependencies';

const RETRY_SOON = { headers: { 'Retry-After': '1' } };

/** Returns the problem of a database error, by its SQLSTATE and constraint name; null for any other error. */
export function problemFromDatabase(error: unknown, method: string, known: AppDependencies['constraintProblems']): Problem | null {
  if (error instanceof OutcomeUnknownError) {
    return outcomeUnknown.because(
      'The connection to the database broke during the commit, so it is unknown whether this took effect. ' +
        'Send it again with the same Idempotency-Key if it had one; otherwise look up whether it did before you repeat it.',
      { cause: error },
    );
  }
  const fault = databaseFault(error);
  if (fault) return problemFromFault(fault, method, known, error);
  if (isPoolExhausted(error))
    return busy.because('Too many requests are using the database. Try again soon.', { ...RETRY_SOON, cause: error });
  if (error instanceof ConnectionError || isConnectionLost(error)) {
    return unavailable.because('The database cannot be reached; nothing was changed. Try again soon.', { ...RETRY_SOON, cause: error });
  }
  return null;
}

function problemFromFault(fault: DatabaseFault, method: string, known: AppDependencies['constraintProblems'], cause: unknown): Problem {
  const { sqlstate, constraint } = fault;
  const own = known[constraint];
  if (own) return own.because(own.title, { cause });
  switch (sqlstate) {
    case '23505':
    case '23P01':
      return valueTaken.because(`Another object already has this ${fieldsOf(fault, 'key').join(', ')}.`, {
        errors: violations(fault, 'key', 'taken'),
        cause,
      });
    case '23001':
    case '23503':
      return method === 'DELETE'
        ? inUse.because('Other objects refer to it. Delete them first.', { cause })
        : invalidBody.because('The body refers to something that does not exist.', {
            errors: violations(fault, 'fk', 'unknown_reference'),
            cause,
          });
    case '23502':
    case '23514':
      return invalidBody.because('The body breaks a rule of the database.', { errors: violations(fault, 'check', 'not_allowed'), cause });
    case '55006':
    case '55P03':
      return conflicting(cause);
    case '25006':
      return unavailable.because('The database is read-only at present. Try again soon.', { ...RETRY_SOON, cause });
    case '25P03':
    case '25P04':
    case '57014':
      return unavailable.because('The database took too long and was stopped; nothing was changed. Try again soon.', {
        ...RETRY_SOON,
        cause,
      });
    case '53100':
      return unavailable.because('The disk of the database is full; nothing was changed.', { headers: { 'Retry-After': '60' }, cause });
  }
  switch (sqlstate.slice(0, 2)) {
    case '22':
    case '54':
      if (method === 'GET' || method === 'HEAD') return invalidParameters.because('A parameter is out of range.', { cause });
      return invalidBody.because('A value cannot be stored.', {
        errors: [{ pointer: '', code: 'not_allowed', message: 'A value is out of range or malformed' }],
        cause,
      });
    case '40':
      return conflicting(cause);
    case '08':
    case '28':
    case '3D':
    case '53':
    case '57':
    case '58':
      return unavailable.because('The database is unavailable; nothing was changed. Try again soon.', { ...RETRY_SOON, cause });
  }
  return internalError.because('Internal error, logged under this requestId. Report it if it happens again.', { cause });
}

function conflicting(cause: unknown): Problem {
  return busy.because('Other requests are changing the same objects; nothing was changed. Try again.', { ...RETRY_SOON, cause });
}

function violations(fault: DatabaseFault, kind: string, code: string): Problem['errors'] {
  return fieldsOf(fault, kind).map((field) => ({ pointer: `/${field}`, code, message: `${field} is ${code.replaceAll('_', ' ')}` }));
}

/* Constraints are named `<table>_<columns>_<kind>`, so the name gives the fields. */
function fieldsOf({ constraint, table, column }: DatabaseFault, kind: string): string[] {
  if (column !== '') return [camelCase(column)];
  const columns = constraint.replace(new RegExp(`^${table}_`), '').replace(new RegExp(`_${kind}$`), '');
  return [camelCase(columns)];
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function isPoolExhausted(error: unknown): boolean {
  return error instanceof BaseError && error.name === 'SequelizeConnectionAcquireTimeoutError';
}

const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT']);
const LOST_MESSAGE =
  /^Connection terminated|^Query read timeout$|^timeout expired$|not queryable$|^pool is draining|connection manager was closed/;

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const source = error instanceof BaseError && 'original' in error ? (error.original as Error) : error;
  return LOST_MESSAGE.test(source.message) || LOST.has(String((source as { code?: unknown }).code));
}
