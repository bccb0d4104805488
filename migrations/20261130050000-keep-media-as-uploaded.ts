import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* A medium is what its file is: with another digest or size its row would describe a file that nobody uploaded. */
export = migration(
  `
  ${createFunctions(['refuse_edit'])}
  CREATE TRIGGER media_edit_guard BEFORE UPDATE ON media FOR EACH STATEMENT EXECUTE FUNCTION refuse_edit('media');
  `,
  `
  DROP TRIGGER media_edit_guard ON media;
  ${dropFunctions(['refuse_edit'])}
  `,
);
