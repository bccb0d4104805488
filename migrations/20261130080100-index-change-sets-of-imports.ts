import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'imports_change_set_id_idx', on: 'imports (change_set_id)' });
