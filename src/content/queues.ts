import type { Queue } from '../jobs';
import { publishPosts } from './posts/publish-posts.queue';

/** The queues of content. */
export const contentQueues: readonly Queue[] = [publishPosts as Queue];
