import { type Endpoint, endpoint } from '../../../http/endpoint';
import { noContent } from '../../../http/output/reply';
import { componentName } from '../../../resource/definition/schemas';
import { listCost } from '../../../resource/list/count/list-cost';
import { type ListQuery, listShape } from '../../../resource/query/list-query';
import { pageSchema } from '../../../resource/query/page-schema';
import { list, named, object, uuid } from '../../../schema/schema';
import { imagesChanged } from '../../problems';
import { type ImageOwner, images } from '../image.resource';
import { listImagesOf, orderImages } from '../image.service';

const MAX_IMAGES = 1_000;

const newOrder = named(
  'ImageOrder',
  object({ imageIds: list(uuid(), 1, MAX_IMAGES).unique().description('The ids of all its images, in order.') }),
);

/** Returns the endpoints of the images of a product or a group: the list, and their order. */
export function imageEndpoints(owner: ImageOwner): Endpoint[] {
  const { one } = owner.resource();
  const name = componentName(one);
  const words = one.replaceAll('-', ' ');
  const id = uuid().description(`The id of the ${words}.`).required();
  return [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/images',
      operationId: `list${name}Images`,
      summary: `List the images of a ${words}`,
      access: 'public',
      params: { id },
      query: listShape(images),
      cost: listCost,
      responses: { 200: { description: 'A page of images.', schema: () => pageSchema(images), headers: ['Link'] } },
      run: (ctx, { params, query }) => listImagesOf(ctx, owner, params.id, query as ListQuery),
    }),
    endpoint({
      transaction: 'managed',
      method: 'put',
      path: '/:id/images/order',
      operationId: `order${name}Images`,
      summary: `Put the images of a ${words} in order`,
      description: 'All of its images, each exactly once. The first is the one that a page shows first.',
      access: 'images:write',
      params: { id },
      body: newOrder,
      responses: { 204: { description: 'The images are in this order.' } },
      problems: [imagesChanged],
      run: async (tx, { params, body }) => {
        await orderImages(tx, owner, params.id, body.imageIds);
        return noContent();
      },
    }),
  ];
}
