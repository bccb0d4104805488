import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['highlighted'];

export = migration(createFunctions(FUNCTIONS), dropFunctions(FUNCTIONS));
