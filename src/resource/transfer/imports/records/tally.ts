import type { FileFault } from '../../file/file-row';
import type { ImportRow, Outcome } from '../../rows/import-row';
import type { ImportError } from './import.model';
import { MAX_ERRORS } from './import.resource';

/** What came of some rows of an import. */
export interface Tally extends Readonly<Record<'created' | 'updated' | 'unchanged' | 'failed' | 'deferred', number>> {
  /** The first ones. */
  readonly errors: readonly ImportError[];
  readonly errorCount: number;
}

/** Returns the tally of rows that have their outcome, and of what is wrong with the file behind them. */
export function tallyOf(rows: readonly ImportRow[], fault: FileFault | null): Tally {
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  const errors = [...rows.flatMap(errorsOf), ...(fault ? [faultError(fault)] : [])];
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    failed: count('failed') + (fault ? 1 : 0),
    deferred: count('deferred'),
    errors: errors.slice(0, MAX_ERRORS),
    errorCount: errors.length,
  };
}

/** Returns the problem of a refused row in one line, for the file of refused rows. */
export function problemLine(row: ImportRow): string {
  return errorsOf(row)
    .map(({ message }) => message)
    .join('; ')
    .slice(0, 2_000);
}

function errorsOf({ source, violations }: ImportRow): ImportError[] {
  return violations.map(({ pointer, code, message }) => ({
    line: source.line,
    field: storable(pointer.slice(1, 201)),
    code,
    message: storable(message.slice(0, 2_000)),
  }));
}

/* A message may quote what was refused because it cannot be stored, and be cut inside a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

function faultError({ line, code, message }: FileFault): ImportError {
  return { line, field: '', code, message: `${message} Nothing from here on was imported.` };
}
