import { attachTriggers, detachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['has_bought', 'keep_ratings'];

/* A rating is counted anew over an index of the published reviews alone. */
export = migration(
  `
  ${createFunctions(FUNCTIONS)}
  CREATE TABLE reviews (
    id uuid NOT NULL CONSTRAINT reviews_pk PRIMARY KEY,
    product_id uuid NOT NULL CONSTRAINT reviews_product_id_fk REFERENCES products (id) ON DELETE RESTRICT,
    author_id uuid NOT NULL CONSTRAINT reviews_author_id_fk REFERENCES users (id) ON DELETE CASCADE,
    rating integer NOT NULL CONSTRAINT reviews_rating_check CHECK (rating BETWEEN 1 AND 5),
    title text NULL CONSTRAINT reviews_title_check CHECK (length(title) BETWEEN 1 AND 200 AND is_name(title)),
    body text NULL CONSTRAINT reviews_body_check CHECK (length(body) BETWEEN 1 AND 10000 AND is_name(body)),
    status text NOT NULL DEFAULT 'pending' CONSTRAINT reviews_status_check CHECK (status IN ('pending', 'published', 'rejected')),
    moderation_reason text NULL CONSTRAINT reviews_moderation_reason_check CHECK (length(moderation_reason) BETWEEN 1 AND 1000),
    verified_purchase boolean NOT NULL DEFAULT false,
    ${stampColumns('reviews')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT reviews_rejected_check CHECK ((status = 'rejected') = (moderation_reason IS NOT NULL))
  );
  CREATE UNIQUE INDEX reviews_author_id_product_id_key ON reviews (author_id, product_id) WHERE deleted_at IS NULL;
  CREATE INDEX reviews_product_id_rating_idx ON reviews (product_id, rating) WHERE status = 'published' AND deleted_at IS NULL;
  CREATE INDEX reviews_product_id_idx ON reviews (product_id, created_at, id);
  CREATE INDEX reviews_author_id_idx ON reviews (author_id, created_at, id);
  CREATE INDEX reviews_status_idx ON reviews (status, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX reviews_rating_idx ON reviews (rating, id) WHERE deleted_at IS NULL;
  CREATE INDEX reviews_created_at_idx ON reviews (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX reviews_updated_at_idx ON reviews (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('reviews')}
  CREATE TRIGGER reviews_verify BEFORE INSERT OR UPDATE ON reviews FOR EACH ROW EXECUTE FUNCTION verify_purchase();
  CREATE TRIGGER reviews_rate_insert AFTER INSERT ON reviews REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_ratings();
  CREATE TRIGGER reviews_rate_update AFTER UPDATE ON reviews REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_ratings();
  CREATE TRIGGER reviews_rate_delete AFTER DELETE ON reviews REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION keep_ratings();
  ${attachTriggers('reviews', { personal: ['title', 'body', 'moderation_reason'] })}
  `,
  `
  ${detachTriggers('reviews')}
  DROP TABLE reviews;
  ${dropFunctions(FUNCTIONS)}
  `,
);
