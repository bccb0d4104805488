import { partitionedIndex } from './support/partitioned-index';

export = partitionedIndex({ name: 'audit_logs_feed_position_idx', table: 'audit_logs', columns: ['feed_position', 'id'] });
