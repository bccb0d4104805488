import { migration } from './support/migration';

/* Reads the table while it is written to. Fails, changing nothing, where an email of before is not ASCII: mend it, and migrate again. */
export = migration(
  `ALTER TABLE users VALIDATE CONSTRAINT users_email_check;`,
  `
  ALTER TABLE users
    DROP CONSTRAINT users_email_check,
    ADD CONSTRAINT users_email_check CHECK (length(email) <= 254 AND email ~ '^[!-?A-~]+@[!-?A-~]+[.][!-?A-~]+$') NOT VALID;
  `,
);
