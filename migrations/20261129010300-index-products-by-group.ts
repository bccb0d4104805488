import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'products_group_id_idx', on: 'products (group_id, created_at, id) WHERE group_id IS NOT NULL' });
