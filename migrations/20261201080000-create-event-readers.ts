import { migration } from './support/migration';

/* Where the queues that events feed stand in the feed. */
export = migration(
  `
  CREATE TABLE event_readers (
    id uuid NOT NULL CONSTRAINT event_readers_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT event_readers_name_key UNIQUE CONSTRAINT event_readers_name_check CHECK (name ~ '^[a-z-]{1,50}$'),
    cursor text NOT NULL CONSTRAINT event_readers_cursor_check CHECK (length(cursor) <= 300),
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  `,
  'DROP TABLE event_readers;',
);
