import { flag, integer, oneOf, optional, type Shape, text } from '../../schema/schema';
import type { DeletedRows } from '../definition/columns';
import { DEFAULT_LIMIT, MAX_LIMIT, MAX_NUMBERED_ROWS } from '../definition/limits';
import type { Resource } from '../definition/resource';
import { deletedShape } from './deleted-rows';
import { facetShape } from './facets/facet-schema';
import { filterShape } from './filters/filters';
import { cursorSchema } from './order/cursor';
import { MAX_KEYS, sortableNames } from './order/sort';
import { namesByComma, representationShape } from './representation';

/** The query of a list; every other member is a filter. */
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
  readonly facets?: string;
  readonly highlight?: boolean;
  readonly [filter: string]: unknown;
}

/** Returns every query parameter of a resource's list. */
export function listShape(resource: Resource): Shape {
  const sortable = sortableNames(resource);
  return {
    limit: optional(integer(1, MAX_LIMIT).description(`Objects per page; ${DEFAULT_LIMIT} by default.`).example(20)),
    cursor: optional(
      cursorSchema().description('Continues a list: nextCursor or prevCursor of a response with the same sort and filters.'),
    ),
    page: optional(integer(1, MAX_NUMBERED_ROWS).description(`A numbered page instead of a cursor, down to ${MAX_NUMBERED_ROWS} rows.`)),
    sort: optional(
      text(1, 200)
        .description(`Fields, comma-separated, "-" for descending: ${sortable.join(', ')}.`)
        .meta(
          namesByComma(
            sortable.flatMap((name) => [name, `-${name}`]),
            MAX_KEYS,
          ),
        )
        .example([resource.defaultSort]),
    ),
    total: optional(
      oneOf('true', 'false', 'exact').description(
        'Adds the total. Above 1,000 rows it may be five seconds old, above 10,000 it is estimated, unless exact.',
      ),
    ),
    ...representationShape(resource),
    ...(resource.search && {
      q: optional(text(1, 200).description('Full-text search: words, "phrases", -exclusions, or.')),
      highlight: optional(flag().description('Adds `highlights` to each row: where `q` matches, as HTML.')),
    }),
    ...(resource.collapse && { [resource.collapse.parameter]: optional(flag().description(resource.collapse.description)) }),
    ...facetShape(resource),
    ...deletedShape(resource, ['without', 'with', 'only']),
    ...filterShape(resource),
  };
}

/** Returns the query parameters of the counts of a list without its rows. */
export function facetsShape(resource: Resource): Shape {
  const { q, deleted, facets = text(1, 1_000) } = listShape(resource);
  return { facets: facets.required(), ...(q && { q }), ...(deleted && { deleted }), ...filterShape(resource) };
}

/** Returns the query parameters of a read of one. */
export function readShape(resource: Resource): Shape {
  return { ...representationShape(resource), ...deletedShape(resource, ['without', 'with']) };
}
