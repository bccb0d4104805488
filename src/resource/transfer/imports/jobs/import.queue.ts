import { defineQueue, type Queue } from '../../../../jobs';
import { object, uuid } from '../../../../schema/schema';
import { type PermissionLoader, setPermissionLoader } from './import-context';
import { runSlice } from './run-slice';
import { stopImport } from './stop-import';

/** Returns the queues of imports; a slice acts with the permissions that `load` finds for the person who began the import. */
export function importQueues(load: PermissionLoader): readonly Queue[] {
  setPermissionLoader(load);
  return [importQueue, stoppedImportQueue] as unknown as Queue[];
}

interface ImportJob {
  readonly importId: string;
}

const data = object({ importId: uuid() });

/** Reports an import as failed once the job that should continue it is dead. */
export const stoppedImportQueue: Queue<ImportJob> = defineQueue({
  name: 'stopped-imports',
  reason: 'An import that failed again and again is reported as failed',
  data,
  transaction: 'managed',
  work: (tx, { data: { importId } }) => stopImport(tx, importId, importQueue),
});

/** Imports files that are too large to wait for, a slice at a time. A slice that fails is repeated for about ten minutes. */
export const importQueue: Queue<ImportJob> = defineQueue({
  name: 'imports',
  reason: 'A file is imported',
  data,
  pollSeconds: 1,
  deadLetter: stoppedImportQueue,
  transaction: 'none',
  work: (ctx, { data: { importId }, signal }) => runSlice(ctx, importId, signal),
});
