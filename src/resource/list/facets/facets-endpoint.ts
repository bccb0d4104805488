import { type Endpoint, endpoint } from '../../../http/endpoint';
import { ok } from '../../../http/output/reply';
import { named, object } from '../../../schema/schema';
import type { Resource } from '../../definition/resource';
import { componentName } from '../../definition/schemas';
import { facetsSchema } from '../../query/facets/facet-schema';
import { facetsShape, type ListQuery } from '../../query/list-query';
import { listCost } from '../count/list-cost';
import { countFacets } from './count-facets';

/** Returns the endpoint that counts the facets of a resource's list; none where it declares no facets. */
export function facetsEndpoints(resource: Resource): Endpoint[] {
  if (Object.keys(resource.facets).length === 0) return [];
  const name = componentName(resource.name);
  return [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/facets',
      operationId: `count${name}`,
      summary: `Count ${resource.name} by facets`,
      description: `The counts that the list has beside its rows, alone. Each facet is counted under the filters of the others.`,
      access: resource.access.read,
      query: facetsShape(resource),
      cost: listCost,
      responses: {
        200: { description: 'The counts.', schema: () => named(`${name}Counts`, object({ facets: facetsSchema(resource) })) },
      },
      run: async (ctx, { query }) => ok({ facets: (await countFacets(ctx, resource, query as ListQuery, [])).facets }),
    }),
  ];
}
