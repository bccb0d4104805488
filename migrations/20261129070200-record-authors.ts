import { migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

/* The personal values of what somebody wrote are theirs: the person of a row is its author_id, where it has one. */
export = migration(
  createFunctions(['record_authors']),
  `
  ${formerFunction('leave_statistics_out', 'recorded_without')}
  ${formerFunction('leave_statistics_out', 'recorded')}
  ${formerFunction('leave_statistics_out', 'attach_triggers')}
  `,
);
