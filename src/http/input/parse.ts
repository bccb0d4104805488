import type { Request } from 'express';
import { invalidBody, invalidParameters } from '../problems/kinds';
import type { Violation } from '../problems/problem';
import type { ParsedShape, Schema, Shape } from './schema';
import { isStorable } from './schema';
import { FROM_TEXT, jsonPointer, STRICT, validate } from './violations';

type Parameters = Readonly<Record<string, unknown>>;

/** Reads path or query parameters by their declaration; adds what is wrong to `violations`. */
export function parseParameters<S extends Shape>(shape: S, given: Parameters, violations: Violation[]): ParsedShape<S> {
  const parsed: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (schema === undefined) violations.push(unknownParameter(name, shape));
    else parsed[name] = parseOne(name, schema, given[name], violations);
  }
  for (const name of missingNames(shape)) {
    if (!Object.hasOwn(given, name)) parsed[name] = parseOne(name, shape[name] as Schema, undefined, violations);
  }
  return parsed as ParsedShape<S>;
}

/** Throws `invalid_parameters` (400) with every violation, if there is one. */
export function refuseParameters(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  throw invalidParameters.because(
    violations
      .map(({ message }) => message)
      .join('; ')
      .slice(0, 500),
    { errors: violations },
  );
}

/** Reads a JSON body by its schema; throws `invalid_body` (422) with every broken rule. */
export function parseBody<T>(schema: Schema<T>, req: Request): T {
  const { value, violations } = validate(schema, req.body, STRICT, jsonPointer);
  if (violations.length > 0) {
    const rules = violations.length === 1 ? '1 rule is broken' : `${violations.length} rules are broken`;
    throw invalidBody.because(`${rules}; "errors" names each.`, { errors: violations });
  }
  return value;
}

function parseOne(name: string, schema: Schema, given: unknown, violations: Violation[]): unknown {
  if (Array.isArray(given)) {
    violations.push({ pointer: name, code: 'duplicate', message: `${name} is given more than once` });
    return undefined;
  }
  if (typeof given === 'string' && !isStorable(given)) {
    violations.push({ pointer: name, code: 'unstorable_text', message: `${name} must not contain U+0000` });
    return undefined;
  }
  const result = validate(schema.label(name), given, FROM_TEXT, () => name);
  violations.push(...result.violations);
  return result.value;
}

function unknownParameter(name: string, shape: Shape): Violation {
  const allowed = Object.keys(shape).sort().join(', ') || 'none';
  return { pointer: name, code: 'unknown_parameter', message: `${name} is not a parameter here; allowed: ${allowed}` };
}

/* Computed once a shape: joi calls per request are made for given parameters only, and for those that a missing value matters to. */
const missing = new WeakMap<Shape, readonly string[]>();

function missingNames(shape: Shape): readonly string[] {
  const known = missing.get(shape);
  if (known) return known;
  const names = Object.keys(shape).filter((name) => {
    const { value, error } = (shape[name] as Schema).validate(undefined);
    return value !== undefined || error !== undefined;
  });
  missing.set(shape, names);
  return names;
}
