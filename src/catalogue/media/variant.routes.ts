import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { storageUnavailable } from '../../storage/problems';
import { namedVariant, SERVED_TYPES, variantParams } from './medium.schemas';
import { readVariant } from './medium.service';

export const variantRouter = apiRouter({
  prefix: '/media',
  tag: 'Media',
  description: 'Uploaded images, as pages show them.',
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:sha256/:file',
      operationId: 'readVariant',
      summary: 'Read an image in a width',
      description: 'The path is one of the variants of a medium; with .jpg in the place of .webp, it is a JPEG. It may be cached for ever.',
      access: 'anonymous',
      params: variantParams,
      conditionalHeaders: ['If-None-Match', 'Range'],
      responses: {
        200: { description: 'The image.', mediaTypes: SERVED_TYPES, headers: ['ETag', 'Accept-Ranges'] },
        206: { description: 'The bytes of the range.', mediaTypes: SERVED_TYPES, headers: ['ETag', 'Content-Range'] },
      },
      problems: [storageUnavailable],
      run: (ctx, { params, conditions }) =>
        readVariant(ctx, { sha256: params.sha256, ...namedVariant(params.file) }, conditions.ifNoneMatch),
    }),
  ],
});
