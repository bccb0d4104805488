import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

export = migration(createFunctions(['unpaid_of']), dropFunctions(['unpaid_of']));
