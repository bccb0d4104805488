import type { Ctx } from '../../context/context';
import { requirePermission } from '../../context/permission';
import { invalidParameters } from '../../problems/common-problems';
import type { Violation } from '../../problems/problem';
import { optional, type Shape, text } from '../../schema/schema';
import type { Resource, Values } from '../definition/resource';

/** The members of an object that a read shows. */
export interface Representation {
  /** Field names, or null for all. */
  readonly fields: readonly string[] | null;
  /** Names of related objects and summaries. */
  readonly include: readonly string[];
  /** The parameters that it was asked with, by name. */
  readonly parameters?: Values;
  /** Whether timed fields are shown by their expressions, since some row is due. */
  readonly isTimed?: boolean;
}

/** All fields and no related objects. */
export const WHOLE: Representation = { fields: null, include: [] };

/** Returns whether the object's version covers everything that is shown. */
export function isWhole({ fields, include, parameters }: Representation): boolean {
  return fields === null && include.length === 0 && parameters === undefined;
}

/** Returns whether a read shows values that other rows make. */
export function showsComputed({ fields }: Resource, { fields: chosen }: Representation): boolean {
  return Object.entries(fields).some(([name, { computed }]) => computed && (chosen === null || chosen.includes(name)));
}

/** Returns whether a read shows a summary, which no version covers. */
export function showsSummary({ summaries }: Resource, { include }: Pick<Representation, 'include'>): boolean {
  return include.some((name) => name in summaries);
}

/** Returns the query parameters `fields`, `include` where the resource has related objects or summaries, and its own. */
export function representationShape(resource: Resource): Shape {
  const fields = Object.keys(resource.fields);
  const includes = includable(resource);
  return {
    fields: optional(
      text(1, 1_000)
        .description(`The members to show, comma-separated: ${fields.join(', ')}.`)
        .meta(namesByComma(fields, fields.length)),
    ),
    ...(includes.length > 0 && {
      include: optional(
        text(1, 200)
          .description(`What to show beside its fields, comma-separated: ${includes.join(', ')}.${restrictions(resource)}`)
          .meta(namesByComma(includes, includes.length))
          .example(includes),
      ),
    }),
    ...Object.fromEntries(Object.entries(resource.parameters ?? {}).map(([name, { schema }]) => [name, optional(schema)])),
  };
}

function includable({ includes, summaries }: Resource): string[] {
  return [...Object.keys(includes), ...Object.keys(summaries)];
}

function restrictions({ summaries }: Resource): string {
  return Object.entries(summaries)
    .map(([name, { access }]) => ` ${name} takes ${access}.`)
    .join('');
}

/** Returns the OpenAPI words of a parameter `a,b,c`: an array of names. */
export function namesByComma(names: readonly string[], max: number): Record<string, unknown> {
  return { type: 'array', minItems: 1, maxItems: max, uniqueItems: true, items: { type: 'string', enum: names } };
}

/**
 * Returns which members a query asks for; throws `invalid_parameters` (400) with the names that are allowed, what a parameter throws
 * where the actor may not read by it, and `forbidden` (403) for a summary that the actor may not read.
 */
export function representationOf(ctx: Ctx, resource: Resource, query: Values): Representation {
  const violations: Violation[] = [];
  const fields = names('fields', query.fields, Object.keys(resource.fields), violations);
  const include = names('include', query.include, includable(resource), violations) ?? [];
  if (violations.length > 0) throw invalidParameters.because(violations.map(({ message }) => message).join('; '), { errors: violations });
  for (const name of include) {
    const summary = resource.summaries[name];
    if (summary) requirePermission(ctx, summary.access);
  }
  const given = Object.entries(resource.parameters ?? {}).filter(([name]) => query[name] !== undefined);
  for (const [name, { authorize }] of given) authorize?.(ctx, query[name]);
  if (given.length === 0) return { fields, include };
  return { fields, include, parameters: Object.fromEntries(given.map(([name]) => [name, query[name]])) };
}

function names(parameter: string, given: unknown, allowed: readonly string[], violations: Violation[]): readonly string[] | null {
  if (given === undefined) return null;
  const chosen = [...new Set(String(given).split(','))];
  const unknown = chosen.filter((name) => !allowed.includes(name));
  if (unknown.length > 0) {
    const message = `${parameter} cannot be "${unknown.join(',').slice(0, 100)}"; allowed: ${allowed.join(', ')}`;
    violations.push({ pointer: parameter, code: 'not_allowed', message });
  }
  return chosen;
}
