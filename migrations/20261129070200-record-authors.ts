import { migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

/* The personal values of what somebody wrote are theirs: the person of a row is its author_id, where it has one. */
export = migration(
  createFunctions(['record_authors']),
  `
  ${formerFunction('tell_edits', 'recorded_without')}
  ${formerFunction('tell_edits', 'recorded')}
  ${formerFunction('personal_triggers', 'attach_triggers')}
  `,
);
