import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { tags } from './tag.resource';
import { tagService } from './tag.service';

export const tagRouter = apiRouter({
  prefix: tags.prefix,
  tag: tags.tag,
  description: tags.description,
  endpoints: resourceEndpoints(tagService),
});
