import { migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

/* A long transaction of another database on the same server held back the events of the shop. */
export = migration(createFunctions(['feed_bound_of_database']), formerFunction('feed_position', 'feed_bound'));
