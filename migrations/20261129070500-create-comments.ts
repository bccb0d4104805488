import { attachTriggers, detachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const KINDS = [
  ['post', 'Post', 'posts'],
  ['product', 'Product', 'products'],
  ['user', 'User', 'users'],
] as const;

/* A generated column for each type makes a foreign key of the polymorphic reference: a purge of the target takes its comments along. */
const targets = KINDS.map(
  ([one, type, table]) =>
    `on_${one}_id uuid GENERATED ALWAYS AS (CASE commentable_type WHEN '${type}' THEN commentable_id END) STORED
      CONSTRAINT comments_on_${one}_id_fk REFERENCES ${table} (id) ON DELETE CASCADE`,
);

export = migration(
  `
  ${createFunctions(['guard_comment_targets'])}
  CREATE TABLE comments (
    id uuid NOT NULL CONSTRAINT comments_pk PRIMARY KEY,
    commentable_type text NOT NULL CONSTRAINT comments_commentable_type_check CHECK (commentable_type IN ('Post', 'Product', 'User')),
    commentable_id uuid NOT NULL,
    ${targets.join(',\n    ')},
    author_id uuid NOT NULL CONSTRAINT comments_author_id_fk REFERENCES users (id) ON DELETE CASCADE,
    content text NOT NULL CONSTRAINT comments_content_check CHECK (length(content) BETWEEN 1 AND 5000 AND is_name(content)),
    ${stampColumns('comments')},
    deleted_at timestamptz(3) NULL
  );
  ${KINDS.map(([one]) => `CREATE INDEX comments_on_${one}_id_idx ON comments (on_${one}_id, created_at, id);`).join('\n  ')}
  CREATE INDEX comments_commentable_id_idx ON comments (commentable_id, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX comments_commentable_type_idx ON comments (commentable_type, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX comments_author_id_idx ON comments (author_id, created_at, id);
  CREATE INDEX comments_created_at_idx ON comments (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX comments_updated_at_idx ON comments (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('comments')}
  CREATE TRIGGER comments_target_insert AFTER INSERT ON comments REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION guard_comment_targets();
  CREATE TRIGGER comments_target_update AFTER UPDATE ON comments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION guard_comment_targets();
  ${attachTriggers('comments', { personal: ['content'] })}
  `,
  `
  ${detachTriggers('comments')}
  DROP TABLE comments;
  ${dropFunctions(['guard_comment_targets'])}
  `,
);
