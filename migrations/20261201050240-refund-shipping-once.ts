import { concurrentIndex } from './support/concurrent-index';

export = concurrentIndex({ name: 'refunds_order_id_shipping_key', on: 'refunds (order_id) WHERE includes_shipping', unique: true });
