import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { images } from './image.resource';
import { imageService } from './image.service';

export const imageRouter = apiRouter({
  prefix: images.prefix,
  tag: images.tag,
  description: images.description,
  endpoints: resourceEndpoints(imageService),
});
