import { concurrentIndex } from './support/concurrent-index';

/* Support finds a customer by a part of the address or the name; one index serves both. */
export = concurrentIndex({
  name: 'users_email_last_name_idx',
  on: 'users USING gin (email gin_trgm_ops, last_name gin_trgm_ops) WHERE deleted_at IS NULL',
});
