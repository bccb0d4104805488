import { endpoint } from '../../http/endpoint';
import type { Upload } from '../../http/input/body/upload';
import { apiRouter } from '../../http/routing/api-router';
import { objectSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { fileTooLarge } from '../../resource/transfer/problems';
import { opaqueText, optional, uuid } from '../../schema/schema';
import { storageFull, storageUnavailable } from '../../storage/problems';
import { invalidImage } from '../problems';
import { media } from './medium.resource';
import { MEDIA_TYPES, MULTIPART } from './medium.schemas';
import { mediumService, readOriginal, uploadMedium } from './medium.service';

const schema = () => objectSchema(media);
const fileName = optional(opaqueText(1, 1_000).description('The name of the file; a form has its own.').example('chai.jpg'));

export const mediumRouter = apiRouter({
  prefix: media.prefix,
  tag: media.tag,
  description: media.description,
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'post',
      path: '/',
      operationId: 'uploadMedium',
      summary: 'Upload an image',
      description:
        'A JPEG, PNG, WebP, AVIF or GIF, as the body or as the one file of a form; its type is read from its bytes. The same bytes are one medium, whoever uploads them. A medium that no image shows for a day is deleted.',
      access: media.access.write,
      query: { fileName },
      uploads: [MULTIPART, ...MEDIA_TYPES],
      responses: {
        200: { description: 'The medium with these bytes, which was there.', schema },
        201: { description: 'The new medium.', schema, headers: ['Location'] },
      },
      problems: [invalidImage, fileTooLarge, storageFull, storageUnavailable],
      run: (ctx, { query, upload }) => uploadMedium(ctx, upload as Upload, query.fileName),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/file',
      operationId: 'readMediumFile',
      summary: 'Read a file as it was uploaded',
      description: 'With its metadata, which may tell where a photograph was taken: for the staff, never for a page.',
      access: media.access.read,
      params: { id: uuid().description('The id of the medium.').required() },
      conditionalHeaders: ['If-None-Match', 'Range'],
      responses: {
        200: { description: 'The file.', mediaTypes: MEDIA_TYPES, headers: ['ETag', 'Accept-Ranges', 'Content-Disposition'] },
        206: { description: 'The bytes of the range.', mediaTypes: MEDIA_TYPES, headers: ['ETag', 'Content-Range', 'Content-Disposition'] },
      },
      problems: [storageUnavailable],
      run: (ctx, { params }) => readOriginal(ctx, params.id),
    }),
    ...resourceEndpoints(mediumService),
  ],
});
