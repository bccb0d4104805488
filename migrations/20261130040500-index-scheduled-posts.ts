import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({
  name: 'posts_scheduled_idx',
  on: `posts (published_at) WHERE status = 'published' AND NOT is_public AND deleted_at IS NULL`,
});
