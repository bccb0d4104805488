import type { CreationAttributes } from 'sequelize';
import { v7 } from 'uuid';
import type { Ctx } from '../../../../context/context';
import { actorId } from '../../../../context/permission';
import type { Format } from '../../file/formats';
import type { Import } from './import.model';

/** The values of an import that begins, but its status. */
export type NewImport = Omit<CreationAttributes<Import>, 'status'>;

/** Returns the values of an import of this actor. */
export function newImport(
  { actor, requestId, reason }: Ctx,
  resource: string,
  format: Format,
  mapping: string | undefined,
  header: readonly string[],
): NewImport {
  return {
    resource,
    format,
    mapping: mapping ?? null,
    header,
    changeSetId: v7(),
    actorId: actorId(actor),
    requestId,
    reason,
  };
}
