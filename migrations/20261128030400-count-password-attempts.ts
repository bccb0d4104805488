import { migration, timeColumns } from './support/migration';

/*
 * The attempts on the passwords of accounts, by where they come from. Both keys are keyed hashes, also of emails that no account has: the
 * table tells nobody who has an account, and where from.
 */
export = migration(
  `
  CREATE TABLE login_sources (
    id uuid NOT NULL CONSTRAINT login_sources_pk PRIMARY KEY,
    account_key text NOT NULL,
    source_key text NOT NULL,
    failures integer NOT NULL DEFAULT 0 CONSTRAINT login_sources_failures_check CHECK (failures >= 0),
    free_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    known_until timestamptz(3) NULL,
    forget_at timestamptz(3) NOT NULL DEFAULT clock_timestamp() + interval '1 day',
    ${timeColumns},
    CONSTRAINT login_sources_account_key_source_key_key UNIQUE (account_key, source_key)
  );
  CREATE INDEX login_sources_forget_at_idx ON login_sources (forget_at);
  `,
  'DROP TABLE login_sources;',
);
