import { migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

/* On PostgreSQL 14 to 16 an owner who is no superuser could not lock the log, so that no start got past it. */
export = migration(createFunctions(['continue_feed_as_owner']), formerFunction('feed_position', 'continue_feed'));
