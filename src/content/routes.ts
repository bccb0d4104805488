import type { ApiRouter } from '../http/routing/api-router';
import { commentRouter } from './comments/comment.routes';
import { postRouter } from './posts/post.routes';

/** The endpoints of content, in the order of the docs. */
export const contentRouters: readonly ApiRouter[] = [postRouter, commentRouter];
