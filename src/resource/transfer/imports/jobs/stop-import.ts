import type { Ctx, TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { unitOfWork } from '../../../../database/transaction/unit-of-work';
import { jobExists, type Queue } from '../../../../jobs';
import type { Import } from '../records/import.model';
import { MAX_ERRORS } from '../records/import.resource';

/** The code of the error that tells why an import ended before its file did. */
export const STOPPED = 'import_stopped';

const CONTINUE = 'Send the same file with the same Idempotency-Key within 48 hours, and the import continues here.';

/** Reports an import as failed, with the line where it stands, unless another job continues it. */
export async function stopImport(tx: TxContext, importId: string, queue: Queue<{ readonly importId: string }>): Promise<void> {
  if (await jobExists(tx, queue, { importId })) return;
  await stop(tx, importId, `The import stopped here because of a fault of the shop. What stands before is imported. ${CONTINUE}`);
}

/** Reports an import as failed, because the person who began it may no longer write what it writes. */
export function stopWithoutPermission(ctx: Ctx, { id, resource }: Import): Promise<void> {
  const message = `The import stopped here because whoever began it no longer holds the permission "${resource}:write". What stands before is imported. ${CONTINUE}`;
  return unitOfWork(ctx, (tx) => stop(tx, id, message));
}

/* Where the list of errors is full, its last one gives way. */
const STOP = `
  UPDATE imports SET status = 'failed', finished_at = clock_timestamp(),
    more_errors = more_errors + CASE WHEN jsonb_array_length(errors) < ${MAX_ERRORS} THEN 0 ELSE 1 END,
    errors = jsonb_path_query_array(errors, '$[0 to ${MAX_ERRORS - 2}]')
      || jsonb_build_object('line', next_line, 'field', '', 'code', $2::text, 'message', $3::text)
  WHERE id = $1 AND status = 'running'`;

async function stop(tx: TxContext, importId: string, message: string): Promise<void> {
  await queryAll(tx, { text: STOP, values: [importId, STOPPED, message] });
}
