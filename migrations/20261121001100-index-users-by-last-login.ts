import { concurrentIndex } from './support/concurrent-index';

/* Who has not been here for a year: staff filters and sorts customers by it. */
export = concurrentIndex({ name: 'users_last_login_at_idx', on: 'users (last_login_at, id) WHERE deleted_at IS NULL' });
