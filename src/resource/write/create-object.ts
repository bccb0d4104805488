import type { TxContext } from '../../context/context';
import { takeAdvisoryLock } from '../../database/locks';
import { etagHeader } from '../../http/output/conditional';
import { created, type Reply } from '../../http/output/reply';
import type { Values } from '../definition/resource';
import { readObject } from '../read/read-one';
import { requireUnused } from './require-unused';
import { withDerivedSlugs, writingDerivedSlugs } from './slug/derived-slugs';
import type { ManagedResource } from './write-hooks';

/** Creates an object and returns the reply with it (201); throws `value_taken` (409). */
export async function createObject(tx: TxContext, { resource, hooks }: ManagedResource, values: Values): Promise<Reply> {
  if (hooks.lockFirst) await takeAdvisoryLock(tx, hooks.lockFirst);
  const { beforeCreate, afterWrite } = hooks;
  const prepared = (await beforeCreate?.(tx, values)) ?? values;
  await requireUnused(tx, resource, prepared);
  const completed = await withDerivedSlugs(tx, resource, prepared, null);
  const write = () => resource.model().create({ ...completed }, { transaction: tx.transaction });
  const row = await writingDerivedSlugs(resource, values, null, write);
  await afterWrite?.(tx, row);
  const id = String(row.get('id'));
  const found = await readObject(tx, resource, id);
  return created(`${resource.prefix}/${id}`, found.text, etagHeader(found.tag));
}
