import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'products_search_document_idx', on: 'products USING gin (search_document)' });
