import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'imports_status_idx', on: 'imports (status, created_at, id)' });
