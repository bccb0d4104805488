import { literal, Op } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { defineQueue, type Queue, send } from '../../../jobs';
import { deleteMany } from '../../../resource/bulk';
import { object } from '../../../schema/schema';
import { mediumService } from '../medium.service';
import { isReferredTo } from './is-referred-to';
import { UnusedMedium } from './unused-medium.model';

const SLICE = 500;

/** Deletes media that nothing has referred to for a day, every hour, some at a time; a first run marks them. */
export const unusedMedia: Queue<object> = defineQueue({
  name: 'delete-unused-media',
  reason: 'Media that nothing refers to are deleted after a day.',
  data: object({}),
  schedule: '47 * * * *',
  policy: 'stately',
  transaction: 'managed',
  work: deleteUnusedMedia,
});

async function deleteUnusedMedia(tx: TxContext): Promise<void> {
  const { transaction } = tx;
  await UnusedMedium.destroy({ where: { id: { [Op.in]: literal(`(SELECT m.id FROM media m WHERE ${isReferredTo('m')})`) } }, transaction });
  const marked = await queryAll(tx, { text: MARK, values: [SLICE] });
  const due = await queryAll<{ id: string }>(tx, { text: DUE, values: [SLICE] });
  await deleteMany(tx, mediumService, due);
  if (Math.max(marked.length, due.length) === SLICE) await send(tx, unusedMedia, {});
}

const MARK = `INSERT INTO unused_media (id)
  SELECT m.id FROM media m WHERE NOT ${isReferredTo('m')} AND NOT EXISTS (SELECT FROM unused_media u WHERE u.id = m.id)
  ORDER BY m.id LIMIT $1 ON CONFLICT DO NOTHING RETURNING id`;

/* Locked against new references. What is being attached right now is left out; what was attached while the lock was taken, the hook refuses. */
const DUE = `SELECT m.id FROM unused_media u JOIN media m ON m.id = u.id
  WHERE u.unused_since < clock_timestamp() - interval '1 day' AND NOT ${isReferredTo('m')}
  ORDER BY m.id LIMIT $1 FOR UPDATE OF m SKIP LOCKED`;
