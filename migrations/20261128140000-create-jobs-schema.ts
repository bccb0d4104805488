import { migration } from './support/migration';

/*
 * The schema of pg-boss, whose tables the start and `npm run db:migrate` make (src/jobs/prepare-queues.ts): the library migrates them
 * itself. Undoing every migration leaves no job of an earlier shop behind.
 */
export = migration('CREATE SCHEMA IF NOT EXISTS pgboss;', 'DROP SCHEMA IF EXISTS pgboss CASCADE;');
