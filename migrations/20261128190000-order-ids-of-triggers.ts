import { migration } from './support/migration';
import { createFunctions } from './support/sql-functions';

/* On older servers, the ids of two changes of a row within a millisecond sorted at random; the feed of events is sorted by them. */
export = migration(
  createFunctions(['rising_uuid_v7']),
  createFunctions(['uuid_v7']).replaceAll('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'),
);
