import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'refunds_return_id_idx', on: 'refunds (return_id) WHERE return_id IS NOT NULL' });
