import type { Request } from 'express';
import { invalidBody, invalidParameters } from '../../problems/common-problems';
import type { Problem, Violation } from '../../problems/problem';
import type { ParsedShape, Schema, Shape } from '../../schema/schema';
import { isStorable } from '../../schema/schema';
import { FROM_TEXT, jsonPointer, STRICT, validate } from '../../schema/validate';
import { MAX_VIOLATIONS, refuseUnbounded } from './body-limits';

type Parameters = Readonly<Record<string, unknown>>;

/** Reads path or query parameters by their declaration; adds what is wrong to `violations`. */
export function parseParameters<S extends Shape>(shape: S, given: Parameters, violations: Violation[]): ParsedShape<S> {
  const { schemas, ready, awaited } = compiled(shape);
  const parsed: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const schema = schemas.get(name);
    if (schema === undefined) violations.push(unknownParameter(name, shape));
    else if (isReady(given[name], ready.get(name))) parsed[name] = given[name];
    else parsed[name] = parseOne(name, schema, given[name], violations);
  }
  for (const name of awaited) {
    if (!Object.hasOwn(given, name)) parsed[name] = parseOne(name, schemas.get(name) as Schema, undefined, violations);
  }
  return parsed as ParsedShape<S>;
}

/** The problem `invalid_parameters` (400) with every violation. */
export function parameterProblem(violations: readonly Violation[]): Problem {
  return invalidParameters.because(
    violations
      .map(({ message }) => message)
      .join('; ')
      .slice(0, 500),
    { errors: violations.slice(0, MAX_VIOLATIONS) },
  );
}

/** Reads a JSON body by its schema; throws `invalid_body` (422) with every broken rule. */
export function parseBody<T>(schema: Schema<T>, req: Request): T {
  const prototypes = refuseUnbounded(req.body);
  const { value, violations: broken } = validate(schema, req.body, STRICT, jsonPointer);
  const violations = prototypes.concat(broken);
  if (violations.length > 0) {
    const rules = violations.length === 1 ? '1 rule is broken' : `${violations.length} rules are broken`;
    throw invalidBody.because(`${rules}; "errors" names ${violations.length > MAX_VIOLATIONS ? `the first ${MAX_VIOLATIONS}` : 'each'}.`, {
      errors: violations.slice(0, MAX_VIOLATIONS),
    });
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
  const result = validate(schema, given, FROM_TEXT, () => name);
  violations.push(...result.violations);
  return result.value;
}

function unknownParameter(name: string, shape: Shape): Violation {
  const allowed = Object.keys(shape).sort().join(', ') || 'none';
  return { pointer: name, code: 'unknown_parameter', message: `${name.slice(0, 100)} is not a parameter here; allowed: ${allowed}` };
}

interface CompiledShape {
  /** Each parameter's schema under its name. */
  readonly schemas: ReadonlyMap<string, Schema>;
  /** Patterns of texts that are valid as they stand, which joi need not see. */
  readonly ready: ReadonlyMap<string, RegExp>;
  /** The parameters that a missing value matters to: required ones, and those with a default. */
  readonly awaited: readonly string[];
}

/* Once a shape: naming a schema copies it, and joi is called for given and awaited parameters only. */
const shapes = new WeakMap<Shape, CompiledShape>();

function compiled(shape: Shape): CompiledShape {
  const known = shapes.get(shape);
  if (known) return known;
  const schemas = new Map(Object.entries(shape).map(([name, schema]) => [name, schema.label(name)]));
  const awaited = [...schemas.keys()].filter((name) => {
    const { value, error } = (schemas.get(name) as Schema).validate(undefined);
    return value !== undefined || error !== undefined;
  });
  const made = { schemas, ready: readyPatterns(schemas), awaited };
  shapes.set(shape, made);
  return made;
}

function readyPatterns(schemas: ReadonlyMap<string, Schema>): ReadonlyMap<string, RegExp> {
  const patterns = new Map<string, RegExp>();
  for (const [name, schema] of schemas) {
    const metas = (schema.$_terms.metas ?? []) as { ready?: string }[];
    for (const { ready } of metas) if (ready !== undefined) patterns.set(name, new RegExp(ready));
  }
  return patterns;
}

function isReady(given: unknown, pattern: RegExp | undefined): boolean {
  return pattern !== undefined && typeof given === 'string' && pattern.test(given);
}
