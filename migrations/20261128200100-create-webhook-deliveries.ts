import { migration } from './support/migration';

/*
 * A cursor is where a webhook stands in the feed of events; it moves in the statement that makes the deliveries of what it passes. The
 * deliveries of one object follow each other by position. `due_at` is the next attempt or, while a claim is on it, when that is over.
 */
export = migration(
  `
  CREATE TABLE webhook_cursors (
    id uuid NOT NULL CONSTRAINT webhook_cursors_pk PRIMARY KEY CONSTRAINT webhook_cursors_id_fk REFERENCES webhooks (id) ON DELETE CASCADE,
    cursor text NOT NULL,
    last_position bigint NOT NULL DEFAULT 0,
    failing_since timestamptz(3) NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );

  CREATE TABLE webhook_deliveries (
    id uuid NOT NULL CONSTRAINT webhook_deliveries_pk PRIMARY KEY,
    webhook_id uuid NOT NULL CONSTRAINT webhook_deliveries_webhook_id_fk REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id text NOT NULL,
    event_type text NOT NULL,
    object_type text NOT NULL,
    object_id uuid NOT NULL,
    position bigint NOT NULL,
    status text NOT NULL DEFAULT 'pending' CONSTRAINT webhook_deliveries_status_check CHECK (status IN ('pending', 'delivered', 'failed')),
    due_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    claim_id uuid NULL,
    attempt_count integer NOT NULL DEFAULT 0,
    retry_count integer NOT NULL DEFAULT 0,
    status_code integer NULL,
    last_error text NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz(3) NULL,
    CONSTRAINT webhook_deliveries_webhook_id_event_id_key UNIQUE (webhook_id, event_id),
    CONSTRAINT webhook_deliveries_finished_check CHECK ((status = 'pending') = (finished_at IS NULL)),
    CONSTRAINT webhook_deliveries_claim_check CHECK (claim_id IS NULL OR status = 'pending')
  );
  CREATE INDEX webhook_deliveries_created_at_idx ON webhook_deliveries (webhook_id, created_at, id);
  CREATE INDEX webhook_deliveries_status_idx ON webhook_deliveries (webhook_id, status, created_at, id);
  CREATE INDEX webhook_deliveries_due_at_idx ON webhook_deliveries (webhook_id, due_at, position) WHERE status = 'pending';
  CREATE INDEX webhook_deliveries_object_id_idx ON webhook_deliveries (webhook_id, object_id, position) WHERE status = 'pending';
  CREATE INDEX webhook_deliveries_claim_id_idx ON webhook_deliveries (webhook_id, due_at) WHERE claim_id IS NOT NULL;
  CREATE INDEX webhook_deliveries_finished_at_idx ON webhook_deliveries (finished_at);

  CREATE TABLE webhook_attempts (
    id uuid NOT NULL CONSTRAINT webhook_attempts_pk PRIMARY KEY,
    delivery_id uuid NOT NULL CONSTRAINT webhook_attempts_delivery_id_fk REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
    number integer NOT NULL,
    error text NULL,
    message text NULL,
    status_code integer NULL,
    duration_ms integer NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX webhook_attempts_delivery_id_idx ON webhook_attempts (delivery_id, created_at, id);
  `,
  `
  DROP TABLE webhook_attempts;
  DROP TABLE webhook_deliveries;
  DROP TABLE webhook_cursors;
  `,
);
