import { endpoint } from '../http/endpoint';
import { apiRouter } from '../http/routing/api-router';
import { forbidden } from '../problems/common-problems';
import { resourceEndpoints } from '../resource/resource-endpoints';
import { MEDIA_TYPES } from '../resource/transfer/file/formats';
import { imports } from '../resource/transfer/imports/records/import.resource';
import { uuid } from '../schema/schema';
import { exportRefusedRows, importService } from './import.service';

export const importRouter = apiRouter({
  prefix: imports.prefix,
  tag: imports.tag,
  description: imports.description,
  endpoints: [
    ...resourceEndpoints(importService),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/refused',
      operationId: 'exportRefusedRows',
      summary: 'Export the refused rows of an import',
      description:
        'A file of the same format and columns, with a further column _problem. Mend it and import it again: the column is ignored. Refused rows are kept for thirty days.',
      access: 'signed-in',
      params: { id: uuid().description('The id of the import.').required() },
      responses: {
        200: { description: 'The refused rows.', mediaTypes: Object.values(MEDIA_TYPES), headers: ['Content-Disposition'] },
      },
      problems: [forbidden],
      run: (ctx, { params }) => exportRefusedRows(ctx, params.id),
    }),
  ],
});
