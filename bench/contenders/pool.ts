import { Pool } from 'pg';
import { POOL_SIZE } from './requests';

/** Returns the pool of a hand-written contender, on the schema `plain`, with as many connections as Storekeeper has. */
export const openPool = () =>
  new Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE, options: '-c search_path=plain,public' });
