import { attachTriggers, detachTriggers, migration } from './support/migration';

/*
 * Uploaded files, of which each content is kept once, under its SHA-256. A row never changes. unused_media says since when nothing refers to
 * a file: a mark of the clean-up, which is no change of the file and so no business of the audit log.
 */
export = migration(
  `
  CREATE TABLE media (
    id uuid NOT NULL CONSTRAINT media_pk PRIMARY KEY,
    file_name text NOT NULL CONSTRAINT media_file_name_check CHECK (length(file_name) <= 200 AND is_name(file_name)),
    media_type text NOT NULL
      CONSTRAINT media_media_type_check CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif')),
    bytes integer NOT NULL CONSTRAINT media_bytes_check CHECK (bytes > 0),
    sha256 text NOT NULL CONSTRAINT media_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    width integer NOT NULL CONSTRAINT media_width_check CHECK (width > 0),
    height integer NOT NULL CONSTRAINT media_height_check CHECK (height > 0),
    variants jsonb NOT NULL CONSTRAINT media_variants_check CHECK (jsonb_typeof(variants) = 'array' AND jsonb_array_length(variants) > 0),
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  CREATE UNIQUE INDEX media_sha256_key ON media (sha256);
  CREATE INDEX media_created_at_idx ON media (created_at, id);
  ${attachTriggers('media')}

  CREATE TABLE unused_media (
    id uuid NOT NULL CONSTRAINT unused_media_pk PRIMARY KEY CONSTRAINT unused_media_id_fk REFERENCES media (id) ON DELETE CASCADE,
    unused_since timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX unused_media_unused_since_idx ON unused_media (unused_since);
  `,
  `
  DROP TABLE unused_media;
  ${detachTriggers('media')}
  DROP TABLE media;
  `,
);
