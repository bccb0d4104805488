import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['search_text'];

export = migration(
  `
  DO $$ BEGIN
    IF current_setting('server_encoding') <> 'UTF8' THEN
      RAISE EXCEPTION 'The database is encoded in %, and Storekeeper needs UTF8. Create it anew: CREATE DATABASE ... ENCODING UTF8 TEMPLATE template0.',
        current_setting('server_encoding');
    END IF;
  END $$;
  ${createFunctions(FUNCTIONS)}
  `,
  dropFunctions(FUNCTIONS),
);
