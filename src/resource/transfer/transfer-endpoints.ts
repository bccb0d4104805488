import { type Endpoint, endpoint } from '../../http/endpoint';
import type { Upload } from '../../http/input/body/upload';
import { oneOf, opaqueText, optional } from '../../schema/schema';
import { componentName, objectSchema } from '../definition/schemas';
import { importableColumns } from './columns';
import { type ExportQuery, exportObjects } from './export/export-objects';
import { exportShape } from './export/export-shape';
import { MEDIA_TYPES } from './file/formats';
import { type ImportQuery, importFile } from './imports/import-file';
import { imports } from './imports/records/import.resource';
import { fileTooLarge, invalidFile } from './problems';
import { registerTransferred, type TransferredResource } from './transferred-resources';

/* As an exact total: it reads every row. */
const EXPORT_COST = 100;

/** Returns the endpoints of a resource's files; none where it declares no transfer. */
export function transferEndpoints(managed: TransferredResource): Endpoint[] {
  const { resource } = managed;
  if (!resource.transfer) return [];
  const words = resource.name.replaceAll('-', ' ');
  return [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/export',
      operationId: `export${componentName(resource.name)}`,
      summary: `Export ${words}`,
      description: `Every object that the filters match, as one consistent snapshot, in CSV (RFC 4180, with a header) or as lines of JSON. An import of the file sets exactly the same values. In CSV an empty cell is null. A text that is empty, or that a spreadsheet would run as a formula, begins with an apostrophe, which an import removes.`,
      access: `${resource.name}:read`,
      query: exportShape(resource),
      cost: () => EXPORT_COST,
      responses: {
        200: { description: 'The file.', mediaTypes: Object.values(MEDIA_TYPES), headers: ['Content-Disposition'] },
      },
      run: async (ctx, { query, mediaType }) => exportObjects(ctx, resource, query as ExportQuery, mediaType),
    }),
    importEndpoint(managed, DESCRIPTION(resource.transfer.key)),
  ];
}

/** Returns the endpoint that imports files of a resource. */
export function importEndpoint(managed: TransferredResource, description: string): Endpoint {
  const { resource } = managed;
  registerTransferred(managed);
  const words = resource.name.replaceAll('-', ' ');
  return endpoint({
    transaction: 'none',
    method: 'post',
    path: '/import',
    operationId: `import${componentName(resource.name)}`,
    summary: `Import ${words}`,
    description,
    access: `${resource.name}:write`,
    query: importShape(managed),
    uploads: Object.values(MEDIA_TYPES),
    responses: {
      200: { description: 'What was done.', schema: () => objectSchema(imports) },
      202: {
        description: 'The import, which goes on: a large one, or `Prefer: respond-async`.',
        schema: () => objectSchema(imports),
        headers: ['Location'],
      },
    },
    problems: [invalidFile, fileTooLarge, ...(resource.problems ?? [])],
    run: (ctx, { query, upload }) => importFile(ctx, managed, query as ImportQuery, upload as Upload),
  });
}

const DESCRIPTION = (key: string) =>
  `Changes the objects whose ${key} is in the file, and creates the others. A column that is left out stays as it is; so does what an empty cell of CSV cannot be. Rows that break a rule are left out, and listed. All that is written is one change set.`;

function importShape({ resource, layouts = [] }: TransferredResource) {
  const columns = importableColumns(resource).map(({ name }) => name);
  return {
    map: optional(
      opaqueText(1, 4_000)
        .description(
          `Renames columns: name in the file, colon, column, separated by commas; with nothing after the colon the column is ignored. Names compare without case, spaces, hyphens and underscores. Columns: ${columns.join(', ')}.`,
        )
        .example(`Number:${columns[0]},Remark:`),
    ),
    ...(layouts.length > 0 && {
      layout: optional(
        oneOf(...layouts.map(({ name }) => name)).description(
          `The file is that of another system. ${layouts.map(({ description }) => description).join(' ')}`,
        ),
      ),
    }),
  };
}
