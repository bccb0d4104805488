import Joi from 'joi';
import type { TxContext } from '../../../context/context';
import { type Problem, problemDocument, problemType } from '../../../problems/problem';
import { integer, list, object, optional, reference, type Schema, uuid } from '../../../schema/schema';
import { MAX_INTEGER } from '../../definition/field';
import type { WriteOperation } from '../../write/pending-write';
import type { BulkResult } from '../bulk-result';

export const operationsRefused = problemType('operations_refused', 422, 'Operations refused');

/** What came of an operation, and the id that the client gave. */
export interface Outcome {
  readonly operation: WriteOperation;
  readonly id: string | undefined;
  readonly result: BulkResult;
  /** Where in the body its values are: a JSON pointer. */
  readonly pointer: string;
}

const STATUS: Readonly<Record<WriteOperation, number>> = { create: 201, update: 200, delete: 204, restore: 200 };

/** Throws `operations_refused` (422) with the index and the problem of every refused operation. */
export function requireNone(tx: TxContext, path: string, outcomes: readonly Outcome[]): void {
  const refused = outcomes.flatMap(({ id, result, pointer }, index) =>
    result.problem ? [{ index, ...(id && { id }), problem: documentOf(tx, path, result.problem, pointer) }] : [],
  );
  if (refused.length === 0) return;
  const count = refused.length === 1 ? '1 operation is' : `${refused.length} operations are`;
  throw operationsRefused.because(
    `${count} refused, so nothing was done; "operations" names each. Mend or leave out what is refused, or send "atomic": false.`,
    { members: { operations: refused } },
  );
}

/** Returns the results of a response, in order: the status that the operation has alone, and the object's version or the problem. */
export function presentOutcomes(tx: TxContext, path: string, outcomes: readonly Outcome[]): object[] {
  return outcomes.map(({ operation, id, result, pointer }) => {
    if (result.problem) {
      const { status } = result.problem.type;
      return { status, ...(id && { id }), problem: documentOf(tx, path, result.problem, pointer) };
    }
    return { status: STATUS[operation], id: result.id, ...(result.version !== null && { version: result.version }) };
  });
}

/** Returns the schema of results, in the order of the operations. */
export function resultsSchema(max: number): Schema {
  const result = object({
    status: integer(200, 599).description('The status that the operation has alone.'),
    id: optional(uuid().description('The id of the object; a creation that is refused has none, unless it came with one.')),
    version: optional(integer(1, MAX_INTEGER).description('The version of the object now.')),
    problem: optional(reference('Problem', () => Joi.object())),
  });
  return list(result, 0, max);
}

/* Pointers lead into the body of the request. */
function documentOf(tx: TxContext, path: string, problem: Problem, within: string): object {
  const document = problemDocument(problem, path, tx.requestId);
  if (problem.errors.length === 0) return document;
  return { ...document, errors: problem.errors.map((error) => ({ ...error, pointer: `${within}${error.pointer}` })) };
}
