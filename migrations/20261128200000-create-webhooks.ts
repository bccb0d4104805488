import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';

const SECRETS = { secrets: ['previous_secret', 'secret'] };

/*
 * Secrets are stored encrypted. After a rotation the previous one signs, too, until the overlap ends.
 */
export = migration(
  `
  CREATE TABLE webhooks (
    id uuid NOT NULL CONSTRAINT webhooks_pk PRIMARY KEY,
    url text NOT NULL CONSTRAINT webhooks_url_check CHECK (length(url) <= 2000 AND url ~ '^https?://[^/@#]+(/[^#]*)?$'),
    description text NOT NULL DEFAULT '' CONSTRAINT webhooks_description_check CHECK (length(description) <= 500),
    event_types jsonb NOT NULL
      CONSTRAINT webhooks_event_types_check CHECK (jsonb_typeof(event_types) = 'array' AND jsonb_array_length(event_types) BETWEEN 1 AND 100),
    status text NOT NULL DEFAULT 'active' CONSTRAINT webhooks_status_check CHECK (status IN ('active', 'paused')),
    paused_reason text NULL,
    paused_at timestamptz(3) NULL,
    secret text NOT NULL,
    previous_secret text NULL,
    overlap_ends_at timestamptz(3) NULL,
    ${stampColumns('webhooks')},
    deleted_at timestamptz(3) NULL,
    CONSTRAINT webhooks_paused_check CHECK ((status = 'paused') = (paused_at IS NOT NULL) AND (status = 'paused') = (paused_reason IS NOT NULL)),
    CONSTRAINT webhooks_overlap_check CHECK ((previous_secret IS NULL) = (overlap_ends_at IS NULL))
  );
  CREATE INDEX webhooks_created_at_idx ON webhooks (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX webhooks_updated_at_idx ON webhooks (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('webhooks')}
  ${attachTriggers('webhooks', SECRETS)}
  `,
  `
  DROP TABLE webhooks;
  `,
);
