import type { Ctx } from '../../context/context';
import { requirePermission } from '../../context/permission';
import { invalidParameters } from '../../problems/common-problems';
import type { Violation } from '../../problems/problem';
import { cursor, flag, integer, oneOf, optional, type Schema, type Shape, text } from '../../schema/schema';
import type { DeletedRows } from '../definition/columns';
import type { Resource } from '../definition/resource';
import type { Representation } from '../read/projection';
import { filterShape } from './filters';
import { MAX_KEYS, sortableNames } from './sort';

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;
export const MAX_NUMBERED_ROWS = 10_000;

/** The query of a list, beside its filters. */
export interface ListQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly page?: number;
  readonly sort?: string;
  readonly fields?: string;
  readonly include?: string;
  readonly q?: string;
  readonly total?: 'true' | 'false' | 'exact';
  readonly deleted?: DeletedRows;
  readonly [filter: string]: unknown;
}

/** Every query parameter of a resource's list. */
export function listShape(resource: Resource): Shape {
  return {
    limit: optional(integer(1, MAX_LIMIT).description(`How many objects; ${DEFAULT_LIMIT} unless told.`).example(20)),
    cursor: optional(cursor().description('Where to go on: nextCursor or prevCursor of an answer to the same sort and filters.')),
    page: optional(integer(1, MAX_NUMBERED_ROWS).description(`A numbered page instead of a cursor, down to ${MAX_NUMBERED_ROWS} rows.`)),
    sort: optional(
      text(1, 200)
        .description(`Fields by comma, "-" for descending: ${sortableNames(resource).join(', ')}.`)
        .meta(
          namesByComma(
            sortableNames(resource).flatMap((name) => [name, `-${name}`]),
            MAX_KEYS,
          ),
        )
        .example([resource.defaultSort]),
    ),
    total: optional(
      oneOf('true', 'false', 'exact').description(
        'Adds the total. Beyond 1,000 rows it may be five seconds old, beyond 10,000 it is estimated, unless exact is asked for.',
      ),
    ),
    ...representationShape(resource),
    ...(resource.search && { q: optional(text(1, 200).description('Full-text search.')) }),
    ...deletedShape(resource, ['without', 'with', 'only']),
    ...filterShape(resource),
  };
}

/** The query parameters of a read of one. */
export function readShape(resource: Resource): Shape {
  return { ...representationShape(resource), ...deletedShape(resource, ['without', 'with']) };
}

function representationShape(resource: Resource): Shape {
  const fields = Object.keys(resource.fields);
  const includes = Object.keys(resource.includes);
  return {
    fields: optional(
      text(1, 1_000)
        .description(`The members to show, by comma: ${fields.join(', ')}.`)
        .meta(namesByComma(fields, fields.length)),
    ),
    ...(includes.length > 0 && {
      include: optional(
        text(1, 200)
          .description(`Related objects to show, by comma: ${includes.join(', ')}.`)
          .meta(namesByComma(includes, includes.length))
          .example(includes),
      ),
    }),
  };
}

/* What is written `a,b,c` is an array to the OpenAPI document. */
function namesByComma(names: readonly string[], max: number): Record<string, unknown> {
  return { type: 'array', minItems: 1, maxItems: max, uniqueItems: true, items: { type: 'string', enum: names } };
}

function deletedShape(resource: Resource, values: readonly DeletedRows[]): Shape {
  if (!('deletedAt' in resource.fields)) return {};
  return { deleted: optional(oneOf(...values).description(`Shows soft-deleted objects, too, or only; needs ${resource.name}:restore.`)) };
}

/** Which members a query asks for; throws `invalid_parameters` (400) that lists what is allowed. */
export function representationOf(resource: Resource, query: { readonly fields?: unknown; readonly include?: unknown }): Representation {
  const violations: Violation[] = [];
  const fields = names('fields', query.fields, Object.keys(resource.fields), violations);
  const include = names('include', query.include, Object.keys(resource.includes), violations) ?? [];
  if (violations.length > 0) throw invalidParameters.because(violations.map(({ message }) => message).join('; '), { errors: violations });
  return { fields, include };
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

/** Which soft-deleted rows a query asks for; throws `forbidden` (403) unless the actor may restore them. */
export function deletedRows(ctx: Ctx, resource: Resource, deleted: unknown): DeletedRows {
  if (deleted === undefined || deleted === 'without') return 'without';
  requirePermission(ctx, `${resource.name}:restore`);
  return deleted as DeletedRows;
}

/** Kept beside the others so that a flag parameter reads the same everywhere. */
export function flagParameter(description: string): Schema<boolean | undefined> {
  return optional(flag().description(description));
}
