import type Joi from 'joi';
import type { Resource } from '../../definition/resource';
import type { BulkBody, Operation } from './bulk-schema';

/** A broken rule of a bulk request: where, and joi's name of the rule with its values. */
interface Fault {
  readonly at: number;
  readonly member: 'id' | 'version' | 'data';
  readonly rule: 'any.required' | 'object.unknown' | 'operation.repeated';
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Returns the check of what a schema of single operations cannot say: which members each kind of operation has, and that no two are about
 * the same object. It reports every fault at the member that breaks the rule.
 */
export function operationFaults(resource: Resource): Joi.CustomValidator {
  return (body: BulkBody, helpers) => {
    const faults = [...body.operations.flatMap((operation, at) => memberFaults(resource, operation, at)), ...repeated(body.operations)];
    if (faults.length === 0) return body;
    const { state, errorsArray } = helpers as unknown as Helpers;
    const errors = errorsArray();
    for (const { at, member, rule, values = {} } of faults) {
      errors.push(helpers.error(rule, { ...values }, state.localize([...state.path, 'operations', at, member])));
    }
    return errors;
  };
}

/* Parts of joi that its types leave out. */
interface Helpers {
  readonly state: { readonly path: readonly (string | number)[]; localize(path: readonly (string | number)[]): Joi.State };
  errorsArray(): Joi.ErrorReport[] & object;
}

function memberFaults(resource: Resource, { op, id, version, data }: Operation, at: number): Fault[] {
  const isCreation = op === 'create';
  const hasData = isCreation || op === 'update';
  const mayHaveId = !isCreation || resource.verbs.includes('put');
  return [
    ...(id === undefined && !isCreation ? [{ at, member: 'id', rule: 'any.required' } as const] : []),
    ...(id !== undefined && !mayHaveId ? [{ at, member: 'id', rule: 'object.unknown' } as const] : []),
    ...(version !== undefined && isCreation ? [{ at, member: 'version', rule: 'object.unknown' } as const] : []),
    ...(data === undefined && hasData ? [{ at, member: 'data', rule: 'any.required' } as const] : []),
    ...(data !== undefined && !hasData ? [{ at, member: 'data', rule: 'object.unknown' } as const] : []),
  ];
}

function repeated(operations: readonly Operation[]): Fault[] {
  const first = new Map<string, number>();
  return operations.flatMap(({ id }, at): Fault[] => {
    if (id === undefined) return [];
    const other = first.get(id);
    if (other !== undefined) return [{ at, member: 'id', rule: 'operation.repeated', values: { other, at } }];
    first.set(id, at);
    return [];
  });
}
