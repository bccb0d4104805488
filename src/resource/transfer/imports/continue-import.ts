import { literal } from 'sequelize';
import type { Ctx } from '../../../context/context';
import { unitOfWork } from '../../../database/transaction/unit-of-work';
import type { Reply } from '../../../http/output/reply';
import { send } from '../../../jobs';
import { importQueue } from './jobs/import.queue';
import { STOPPED } from './jobs/stop-import';
import { Import } from './records/import.model';
import { imports } from './records/import.resource';

/** Lets the import that a reply has announced continue where it stopped, if it failed. */
export async function continueImport(ctx: Ctx, { headers }: Reply): Promise<void> {
  const id = headers?.Location?.slice(imports.prefix.length + 1);
  if (!id) return;
  await unitOfWork(ctx, async (tx) => {
    const { transaction } = tx;
    const again = { status: 'running', finishedAt: null, errors: literal(WITHOUT_STOP) } as never;
    const [continued] = await Import.update(again, { where: { id, status: 'failed' }, transaction });
    if (continued > 0) await send(tx, importQueue, { importId: id });
  });
}

const WITHOUT_STOP = `(SELECT coalesce(jsonb_agg(e ORDER BY n), '[]') FROM jsonb_array_elements(errors) WITH ORDINALITY AS l (e, n) WHERE e ->> 'code' <> '${STOPPED}')`;
