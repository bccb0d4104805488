import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { comments } from './comment.resource';
import { commentService } from './comment.service';

export const commentRouter = apiRouter({
  prefix: comments.prefix,
  tag: comments.tag,
  description: comments.description,
  endpoints: resourceEndpoints(commentService),
});
