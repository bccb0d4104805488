import { BaseError, ConnectionError } from 'sequelize';
import { type DatabaseFault, databaseFault } from '../../database/sql/database-error';
import { busy, internalError, inUse, invalidBody, invalidParameters, unavailable, valueTaken } from '../../problems/common-problems';
import type { Problem } from '../../problems/problem';
import type { AppDependencies } from '../app-dependencies';

const RETRY_SOON = { headers: { 'Retry-After': '1' } };

/** Returns the problem of a database error, by its SQLSTATE and constraint name; null for any other error. */
export function problemFromDatabase(error: unknown, method: string, known: AppDependencies['constraintProblems']): Problem | null {
  const fault = databaseFault(error);
  if (fault) return problemFromFault(fault, method, known, error);
  if (error instanceof ConnectionError || isPoolExhausted(error) || isConnectionLost(error)) {
    return unavailable.because('The database cannot be reached. Try again soon.', { ...RETRY_SOON, cause: error });
  }
  return null;
}

function problemFromFault(fault: DatabaseFault, method: string, known: AppDependencies['constraintProblems'], cause: unknown): Problem {
  const { sqlstate, constraint } = fault;
  const own = known[constraint];
  if (own) return own.because(own.title, { cause });
  switch (sqlstate) {
    case '23505':
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
    case '40001':
    case '40P01':
    case '55P03':
      return busy.because('Other requests are changing the same objects. Try again.', { ...RETRY_SOON, cause });
    case '25006':
      return unavailable.because('The database is read-only at present. Try again soon.', { ...RETRY_SOON, cause });
    case '57014':
      return unavailable.because('The database took too long and was stopped; nothing was changed.', { ...RETRY_SOON, cause });
  }
  switch (sqlstate.slice(0, 2)) {
    case '22':
    case '54':
      if (method === 'GET' || method === 'HEAD') return invalidParameters.because('A parameter is out of range.', { cause });
      return invalidBody.because('A value cannot be stored.', {
        errors: [{ pointer: '', code: 'not_allowed', message: 'A value is out of range or malformed' }],
        cause,
      });
    case '08':
    case '28':
    case '3D':
    case '53':
    case '57':
      return unavailable.because('The database is unavailable. Try again soon.', { ...RETRY_SOON, cause });
  }
  return internalError.because('Internal error, logged under this requestId. Report it if it happens again.', { cause });
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

const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const source = error instanceof BaseError && 'original' in error ? (error.original as Error) : error;
  const isDriverMessage = source.message.startsWith('Connection terminated') || source.message.endsWith('not queryable');
  return isDriverMessage || LOST.has(String((source as { code?: unknown }).code));
}
