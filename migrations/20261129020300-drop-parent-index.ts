import { withoutIndex } from './support/concurrent-index';

/* The index of positions begins with the parent. */
export = withoutIndex({ name: 'categories_parent_id_idx', on: 'categories (parent_id)' });
