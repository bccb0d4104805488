import { appendOnly, migration } from './support/migration';

/*
 * Partitioned by month, so that old months can be exported and detached. A change set is one unit of work; the transaction id orders
 * the rows by commit. `audit_personal` keeps the value of a personal column apart from the log, with the salt of its digest there, so
 * that an erasure can delete it; the triggers fill it once personal fields are declared.
 */
export = migration(
  `
  CREATE TABLE audit_logs (
    id uuid NOT NULL,
    change_set_id uuid NOT NULL,
    xact_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    table_name text NOT NULL,
    record_id uuid NOT NULL,
    action text NOT NULL CONSTRAINT audit_logs_action_check CHECK (action IN ('CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'PURGE')),
    old_values jsonb NULL,
    new_values jsonb NULL,
    actor_id uuid NULL,
    actor text NOT NULL,
    request_id text NULL,
    ip text NULL,
    user_agent text NULL,
    reason text NULL,
    occurred_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT audit_logs_pk PRIMARY KEY (occurred_at, id)
  ) PARTITION BY RANGE (occurred_at);
  CREATE INDEX audit_logs_id_idx ON audit_logs (id);
  CREATE INDEX audit_logs_record_id_idx ON audit_logs (record_id, occurred_at, id);
  CREATE INDEX audit_logs_table_name_idx ON audit_logs (table_name, occurred_at, id);
  CREATE INDEX audit_logs_actor_id_idx ON audit_logs (actor_id, occurred_at, id);
  CREATE INDEX audit_logs_request_id_idx ON audit_logs (request_id);
  -- Rare actions and actors are the ones looked for. The log is written with every change, so common ones are left out.
  CREATE INDEX audit_logs_action_idx ON audit_logs (action, occurred_at, id) WHERE action IN ('DELETE', 'RESTORE', 'PURGE');
  CREATE INDEX audit_logs_actor_idx ON audit_logs (actor, occurred_at, id) WHERE actor < 'user';
  ${appendOnly('audit_logs')}
  -- The foreign key check of audit_personal locks the entry with FOR KEY SHARE: that takes the right to update one column.
  GRANT UPDATE (id) ON audit_logs TO CURRENT_USER;
  SELECT make_audit_partitions(3);

  CREATE TABLE audit_personal (
    id uuid NOT NULL CONSTRAINT audit_personal_pk PRIMARY KEY,
    audit_log_occurred_at timestamptz(3) NOT NULL,
    audit_log_id uuid NOT NULL,
    user_id uuid NULL CONSTRAINT audit_personal_user_id_fk REFERENCES users (id) ON DELETE CASCADE,
    column_name text NOT NULL,
    old_value jsonb NULL,
    new_value jsonb NULL,
    salt text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT audit_personal_audit_log_occurred_at_audit_log_id_fk FOREIGN KEY (audit_log_occurred_at, audit_log_id)
      REFERENCES audit_logs (occurred_at, id) ON DELETE CASCADE
  );
  CREATE INDEX audit_personal_audit_log_occurred_at_audit_log_id_idx ON audit_personal (audit_log_occurred_at, audit_log_id);
  CREATE INDEX audit_personal_user_id_idx ON audit_personal (user_id);
  `,
  `
  DROP TABLE audit_personal;
  DROP TABLE audit_logs;
  `,
);
