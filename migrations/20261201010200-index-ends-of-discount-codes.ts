import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'discount_codes_valid_to_idx', on: 'discount_codes (valid_to, id) WHERE deleted_at IS NULL' });
