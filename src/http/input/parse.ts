import { invalidBody, invalidParameters } from '../../problems/common-problems';
import { MAX_VIOLATIONS, type Problem, type Violation } from '../../problems/problem';
import { wildcardOf } from '../../schema/parameters/wildcard';
import type { ParsedShape, Schema, Shape } from '../../schema/schema';
import { isStorable } from '../../schema/schema';
import { FROM_TEXT, jsonPointer, STRICT, validate } from '../../schema/validate';
import type { JsonBody } from './json/parse-json';

/* Longer messages stand in "errors" alone. */
const MAX_DETAIL_LENGTH = 500;

type Parameters = Readonly<Record<string, unknown>>;

/** Returns path or query parameters as their schemas make them; adds each broken rule to `violations`. */
export function parseParameters<S extends Shape>(shape: S, given: Parameters, violations: Violation[]): ParsedShape<S> {
  const { schemas, checkedIfAbsent } = preparedShape(shape);
  const parsed: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const schema = schemas.get(name) ?? schemas.get(wildcardOf(name) ?? '')?.label(name);
    if (schema === undefined) violations.push(unknownParameter(name, shape));
    else parsed[name] = parseOne(name, schema, given[name], violations);
  }
  for (const name of checkedIfAbsent) {
    if (!Object.hasOwn(given, name)) parsed[name] = parseOne(name, schemas.get(name) as Schema, undefined, violations);
  }
  return parsed as ParsedShape<S>;
}

/** Returns the problem `invalid_parameters` (400) with every violation. */
export function parameterProblem(violations: readonly Violation[]): Problem {
  return invalidParameters.because(detailOf(violations, false), { errors: violations.slice(0, MAX_VIOLATIONS) });
}

/** Returns a JSON body as its schema makes it; throws `invalid_body` (422) with every broken rule. */
export function parseBody<T>(schema: Schema<T>, json: JsonBody): T {
  const { value, violations: broken } = validate(schema, json.value, STRICT, jsonPointer);
  const violations = [...unkept(json, broken), ...broken];
  if (violations.length > 0) {
    if (json.bytes === null) throw invalidBody.because('The request has no body. Send a JSON object.', { errors: violations });
    throw invalidBody.because(detailOf(violations, json.violations.length > MAX_VIOLATIONS), {
      errors: violations.slice(0, MAX_VIOLATIONS),
    });
  }
  return value;
}

function detailOf(violations: readonly Violation[], isAtLeast: boolean): string {
  const messages = violations.map(({ message }) => message).join('; ');
  return messages.length <= MAX_DETAIL_LENGTH ? messages : summary(violations.length, isAtLeast);
}

function summary(broken: number, isAtLeast: boolean): string {
  const rules = broken === 1 ? '1 rule is' : `${isAtLeast ? 'at least ' : ''}${broken} rules are`;
  return `${rules} broken; "errors" names ${broken > MAX_VIOLATIONS ? `the first ${MAX_VIOLATIONS}` : 'each'}.`;
}

/* What the schema refuses anyway is named once. */
function unkept({ violations }: JsonBody, broken: readonly Violation[]): readonly Violation[] {
  if (violations.length === 0 || broken.length === 0) return violations;
  const pointers = new Set(broken.map(({ pointer }) => pointer));
  return violations.filter(({ pointer }) => !pointers.has(pointer));
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

interface PreparedShape {
  /** The schemas by name, labelled with it. */
  readonly schemas: ReadonlyMap<string, Schema>;
  /** The parameters that are validated even if absent: required ones, and those with a default. */
  readonly checkedIfAbsent: readonly string[];
}

/* Prepared once per shape, because a label copies the schema. */
const shapes = new WeakMap<Shape, PreparedShape>();

function preparedShape(shape: Shape): PreparedShape {
  const known = shapes.get(shape);
  if (known) return known;
  const schemas = new Map(Object.entries(shape).map(([name, schema]) => [name, schema.label(name)]));
  const checkedIfAbsent = [...schemas.keys()].filter((name) => {
    const { value, error } = (schemas.get(name) as Schema).validate(undefined);
    return value !== undefined || error !== undefined;
  });
  const prepared = { schemas, checkedIfAbsent };
  shapes.set(shape, prepared);
  return prepared;
}
