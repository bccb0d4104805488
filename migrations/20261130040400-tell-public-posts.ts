import { attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* Posts that are public already were announced when they were published: setting the column is no event. */
export = migration(
  `
  ${createFunctions(['show_posts'])}
  ${detachTriggers('posts')}
  ALTER TABLE posts ADD COLUMN is_public boolean NOT NULL DEFAULT false;
  UPDATE posts SET is_public = true WHERE status = 'published' AND published_at <= clock_timestamp();
  CREATE TRIGGER posts_show BEFORE INSERT OR UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION show_post();
  ${attachTriggers('posts')}
  `,
  `
  ${detachTriggers('posts')}
  DROP TRIGGER posts_show ON posts;
  ${dropFunctions(['show_posts'])}
  ALTER TABLE posts DROP COLUMN is_public;
  ${attachTriggers('posts')}
  `,
);
