import type { Ctx } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { invalidParameters } from '../../../problems/common-problems';
import { splitChoices } from '../../../schema/parameters/choices';
import { memberOf, wildcardOf } from '../../../schema/parameters/wildcard';
import type { Facet } from '../../definition/facet';
import type { Resource } from '../../definition/resource';
import { filterNames } from '../filters/filters';

/** The most facets of a request. */
export const MAX_FACETS = 10;

/** The most values of a facet, the most frequent ones. */
export const MAX_VALUES = 50;
/** Up to so many rows are counted exactly. */
export const MAX_COUNTED = 10_000;

/** A facet that a request asks for. */
export interface ChosenFacet {
  /** As the client wrote it: `attributes.color`. */
  readonly name: string;
  readonly facet: Facet;
  /** The member that it names, or an empty text. */
  readonly member: string;
  /** The names of the query's filters that choose its values. */
  readonly filters: readonly string[];
}

/**
 * Returns the facets of a text like `category,attributes.color`. Throws `invalid_parameters` (400) with the names that are allowed, and
 * `forbidden` (403) for a facet that the actor may not count by.
 */
export function chosenFacets(ctx: Ctx, resource: Resource, text: string, query: Readonly<Record<string, unknown>>): ChosenFacet[] {
  const names = [...new Set(splitChoices(text) ?? [])];
  if (names.length === 0 || names.length > MAX_FACETS) throw invalid(`facets takes 1 to ${MAX_FACETS} names`, 'too_many');
  const filters = filterNames(resource, query);
  return names.map((name) => {
    const facet = resource.facets[name] ?? resource.facets[wildcardOf(name) ?? ''];
    if (!facet || name.includes('*')) {
      const allowed = Object.keys(resource.facets).join(', ');
      throw invalid(`facets cannot be "${name.slice(0, 100)}"; allowed: ${allowed}`, 'not_allowed');
    }
    if (facet.access) requirePermission(ctx, facet.access);
    const member = memberOf(name);
    const own = facet.filters.map((filter) => filter.replace('*', () => member));
    return { name, facet, member, filters: filters.filter((filter) => own.includes(fieldOf(filter))) };
  });
}

function invalid(message: string, code: string) {
  return invalidParameters.because(message, { errors: [{ pointer: 'facets', code, message }] });
}

/* A filter without its operator: `price` of `price[gte]`. */
function fieldOf(filter: string): string {
  return filter.endsWith(']') ? filter.slice(0, filter.lastIndexOf('[')) : filter;
}
