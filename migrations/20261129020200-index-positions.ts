import { concurrentIndex } from './support/concurrent-index';

/* Deleted categories, too: they keep their place among their siblings, and foreign keys look for them. */
export = concurrentIndex({ name: 'categories_position_idx', on: 'categories (parent_id, position, id)' });
