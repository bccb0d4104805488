import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { posts } from './post.resource';
import { postService } from './post.service';

export const postRouter = apiRouter({
  prefix: posts.prefix,
  tag: posts.tag,
  description: posts.description,
  endpoints: resourceEndpoints(postService),
});
