import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const FUNCTIONS = ['product_lexemes', 'whole_name_query'];

export = migration(createFunctions(FUNCTIONS), dropFunctions(FUNCTIONS));
