import { concurrentIndex } from './support/concurrent-index';

/* A product without a GTIN has no entry, so that creating one costs nothing. */
export = concurrentIndex({ name: 'products_gtin_key', on: 'products (gtin) WHERE deleted_at IS NULL AND gtin IS NOT NULL', unique: true });
