import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * The replies of writes that came with an Idempotency-Key. The id is a digest of the key and its owner, so that one index finds a record and
 * keeps it unique. No foreign key to users: its check would cost every write a lookup, and a record goes within days.
 */
export = migration(
  `
  CREATE TABLE idempotency_keys (
    id uuid NOT NULL CONSTRAINT idempotency_keys_pk PRIMARY KEY,
    user_id uuid NULL,
    request_hash bytea NOT NULL CONSTRAINT idempotency_keys_request_hash_check CHECK (octet_length(request_hash) = 32),
    -- squawk-ignore prefer-bigint-over-smallint -- a status has three digits, and the check bounds it
    status smallint NOT NULL CONSTRAINT idempotency_keys_status_check CHECK (status BETWEEN 200 AND 499),
    headers jsonb NOT NULL CONSTRAINT idempotency_keys_headers_check CHECK (jsonb_typeof(headers) = 'object'),
    body bytea NULL,
    is_encrypted boolean NOT NULL DEFAULT false,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz(3) NOT NULL DEFAULT clock_timestamp() + interval '48 hours'
  );
  CREATE INDEX idempotency_keys_expires_at_idx ON idempotency_keys (expires_at);
  ${createFunctions(['claim_idempotency_key'])}
  `,
  `
  ${dropFunctions(['claim_idempotency_key'])}
  DROP TABLE idempotency_keys;
  `,
);
