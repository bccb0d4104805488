import { Pool } from 'pg';
import { POOL_SIZE } from './requests';

/** Returns the pool of a hand-written contender, on the schema `plain`, as its owner, with as many connections as Storekeeper has. */
export const openPool = () =>
  new Pool({ connectionString: process.env.MIGRATION_DATABASE_URL, max: POOL_SIZE, options: '-c search_path=plain,public' });
