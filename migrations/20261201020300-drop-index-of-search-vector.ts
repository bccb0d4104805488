import { withoutIndex } from './support/concurrent-index';

export = withoutIndex({ name: 'products_search_vector_idx', on: 'products USING gin (search_vector)' });
