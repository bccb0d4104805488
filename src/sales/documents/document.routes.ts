import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { documents } from './document.resource';
import { documentService, readDocumentPage } from './document.service';

export const documentRouter = apiRouter({
  prefix: documents.prefix,
  tag: documents.tag,
  description: documents.description,
  endpoints: [
    ...resourceEndpoints(documentService),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/html',
      operationId: 'readDocumentPage',
      summary: 'Read a document as a page',
      access: 'guest',
      params: { id: uuid().description('The id of the document.').required() },
      responses: { 200: { description: 'The page, which loads nothing.', mediaTypes: ['text/html'] } },
      run: (ctx, { params: { id } }) => readDocumentPage(ctx, id),
    }),
  ],
});
