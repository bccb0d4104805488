import { forgetFormerSlugs, keepFormerSlugs } from './support/former-slugs';
import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const SORTED = ['created_at', 'updated_at', 'published_at', 'title'];

/* A post stays when its author is purged, for it speaks for the shop. */
export = migration(
  `
  ${createFunctions(['stamp_publication'])}
  CREATE TABLE posts (
    id uuid NOT NULL CONSTRAINT posts_pk PRIMARY KEY,
    title text NOT NULL CONSTRAINT posts_title_check CHECK (length(title) BETWEEN 1 AND 200 AND is_name(title)),
    slug text NOT NULL CONSTRAINT posts_slug_check CHECK (length(slug) <= 220 AND slug ~ '^[a-z0-9-]+$'),
    body text NOT NULL DEFAULT '' CONSTRAINT posts_body_check CHECK (length(body) <= 100000),
    status text NOT NULL DEFAULT 'draft' CONSTRAINT posts_status_check CHECK (status IN ('draft', 'published')),
    published_at timestamptz(3) NULL,
    author_id uuid NULL CONSTRAINT posts_author_id_fk REFERENCES users (id) ON DELETE SET NULL,
    ${stampColumns('posts')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT posts_published_body_check CHECK (status = 'draft' OR is_name(body)),
    CONSTRAINT posts_published_at_check CHECK (status = 'draft' OR published_at IS NOT NULL)
  );
  CREATE UNIQUE INDEX posts_slug_key ON posts (slug) WHERE deleted_at IS NULL;
  CREATE INDEX posts_author_id_idx ON posts (author_id, published_at, id);
  CREATE INDEX posts_status_idx ON posts (status, published_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX posts_title_trgm_idx ON posts USING gin (title gin_trgm_ops);
  ${SORTED.map((column) => `CREATE INDEX posts_${column}_idx ON posts (${column}, id) WHERE deleted_at IS NULL;`).join('\n  ')}
  ${editorIndexes('posts')}
  CREATE TRIGGER posts_publish BEFORE INSERT OR UPDATE ON posts
    FOR EACH ROW WHEN (NEW.status = 'published' AND NEW.published_at IS NULL) EXECUTE FUNCTION stamp_publication();
  ${keepFormerSlugs('posts')}
  ${attachTriggers('posts')}
  `,
  `
  ${forgetFormerSlugs('posts')}
  DROP TABLE posts;
  ${dropFunctions(['stamp_publication'])}
  `,
);
