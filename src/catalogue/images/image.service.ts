import type { Ctx } from '../../context/context';
import type { Reply } from '../../http/output/reply';
import { belongingTo } from '../../resource/list/list-objects';
import type { ListQuery } from '../../resource/query/list-query';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { imageHooks } from './image.hooks';
import { type ImageOwner, images } from './image.resource';

export { orderImages } from './of-owner/order-images';

/** Manages the images of products and groups. */
export const imageService = new ResourceService(images, imageHooks);

/** Returns a page of the images of a product or a group; throws `not_found` (404), also where that is hidden from the actor. */
export async function listImagesOf(ctx: Ctx, { resource, column }: ImageOwner, ownerId: string, query: ListQuery): Promise<Reply> {
  const owner = resource();
  await readObject(ctx, owner, ownerId, { fields: ['id'], include: [] });
  return imageService.list(ctx, query, `${owner.prefix}/${ownerId}/images`, [belongingTo(column, ownerId)]);
}
