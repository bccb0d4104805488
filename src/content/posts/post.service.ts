import { ResourceService } from '../../resource/resource.service';
import { postHooks } from './post.hooks';
import { posts } from './post.resource';

/** Manages posts. */
export const postService = new ResourceService(posts, postHooks);
