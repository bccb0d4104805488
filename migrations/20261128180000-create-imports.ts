import { migration, timeColumns } from './support/migration';

/*
 * An import, the file that it reads, and the rows of it that wait or were refused. None of them is audited: what an import writes is, and
 * the file and its rows, which may hold personal data, are deleted after some days.
 */
export = migration(
  `
  CREATE TABLE imports (
    id uuid NOT NULL CONSTRAINT imports_pk PRIMARY KEY,
    resource text NOT NULL,
    format text NOT NULL CONSTRAINT imports_format_check CHECK (format IN ('csv', 'ndjson')),
    mapping text NULL,
    header jsonb NOT NULL DEFAULT '[]',
    status text NOT NULL CONSTRAINT imports_status_check CHECK (status IN ('uploading', 'running', 'done', 'failed')),
    file_bytes bigint NOT NULL DEFAULT 0,
    file_sha256 text NULL CONSTRAINT imports_file_sha256_check CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
    read_bytes bigint NOT NULL DEFAULT 0,
    next_line bigint NOT NULL DEFAULT 1,
    is_read boolean NOT NULL DEFAULT false,
    created bigint NOT NULL DEFAULT 0,
    updated bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    deferred bigint NOT NULL DEFAULT 0,
    errors jsonb NOT NULL DEFAULT '[]',
    more_errors bigint NOT NULL DEFAULT 0,
    change_set_id uuid NOT NULL,
    actor_id uuid NULL CONSTRAINT imports_actor_id_fk REFERENCES users (id) ON DELETE SET NULL,
    permissions jsonb NOT NULL,
    request_id text NOT NULL,
    reason text NOT NULL,
    idempotency_key text NULL,
    finished_at timestamptz(3) NULL,
    ${timeColumns},
    CONSTRAINT imports_read_bytes_check CHECK (read_bytes <= file_bytes OR status = 'uploading')
  );
  CREATE INDEX imports_created_at_idx ON imports (created_at, id);
  CREATE INDEX imports_actor_id_idx ON imports (actor_id, created_at);
  CREATE TRIGGER imports_stamp_time BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION stamp_time();
  CREATE UNIQUE INDEX imports_idempotency_key_key ON imports (actor_id, idempotency_key);

  CREATE TABLE import_chunks (
    id uuid NOT NULL CONSTRAINT import_chunks_pk PRIMARY KEY,
    import_id uuid NOT NULL CONSTRAINT import_chunks_import_id_fk REFERENCES imports (id) ON DELETE CASCADE,
    starts_at bigint NOT NULL,
    bytes bytea NOT NULL
  );
  CREATE UNIQUE INDEX import_chunks_starts_at_key ON import_chunks (import_id, starts_at);

  CREATE TABLE import_rows (
    id uuid NOT NULL CONSTRAINT import_rows_pk PRIMARY KEY,
    import_id uuid NOT NULL CONSTRAINT import_rows_import_id_fk REFERENCES imports (id) ON DELETE CASCADE,
    line bigint NOT NULL,
    status text NOT NULL CONSTRAINT import_rows_status_check CHECK (status IN ('deferred', 'failed')),
    raw jsonb NOT NULL,
    waits_for text NULL,
    problem text NOT NULL DEFAULT '',
    CONSTRAINT import_rows_waits_for_check CHECK ((status = 'deferred') = (waits_for IS NOT NULL))
  );
  CREATE INDEX import_rows_line_idx ON import_rows (import_id, status, line);
  `,
  `
  DROP TABLE import_rows;
  DROP TABLE import_chunks;
  DROP TABLE imports;
  `,
);
