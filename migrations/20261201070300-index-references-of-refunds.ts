import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'refunds_reference_key', on: 'refunds (reference) WHERE reference IS NOT NULL', unique: true });
