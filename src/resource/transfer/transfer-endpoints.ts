import { type Endpoint, endpoint } from '../../http/endpoint';
import { componentName } from '../definition/schemas';
import type { ManagedResource } from '../write/write-hooks';
import { type ExportQuery, exportObjects } from './export/export-objects';
import { exportShape } from './export/export-shape';
import { MEDIA_TYPES } from './file/formats';

/* As an exact total: it reads every row. */
const EXPORT_COST = 100;

/** Returns the endpoints of a resource's files; none where it declares no transfer. */
export function transferEndpoints({ resource }: ManagedResource): Endpoint[] {
  if (!resource.transfer) return [];
  const words = resource.name.replaceAll('-', ' ');
  return [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/export',
      operationId: `export${componentName(resource.name)}`,
      summary: `Export ${words}`,
      description: `Every object that the filters match, as one consistent snapshot, in CSV (RFC 4180, with a header) or as lines of JSON. An import of the file sets exactly the same values. In CSV nothing between two commas is null, "" an empty text, and a text that a spreadsheet would run as a formula begins with an apostrophe, which an import removes.`,
      access: `${resource.name}:read`,
      query: exportShape(resource),
      cost: () => EXPORT_COST,
      responses: {
        200: { description: 'The file.', mediaTypes: Object.values(MEDIA_TYPES), headers: ['Content-Disposition'] },
      },
      run: async (ctx, { query, mediaType }) => exportObjects(ctx, resource, query as ExportQuery, mediaType),
    }),
  ];
}
