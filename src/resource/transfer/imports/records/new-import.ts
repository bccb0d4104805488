import type { CreationAttributes } from 'sequelize';
import { v7 } from 'uuid';
import type { Ctx } from '../../../../context/context';
import { actorId } from '../../../../context/permission';
import type { Format } from '../../file/formats';
import type { Import } from './import.model';
import { MAX_IGNORED, MAX_SHOWN } from './import.resource';

/** The values of an import that begins, but its status. */
export type NewImport = Omit<CreationAttributes<Import>, 'status'>;

/** What the columns of a file are, and how they are read. */
export interface FileColumns {
  readonly mapping: string | undefined;
  readonly layout: string | undefined;
  readonly header: readonly string[];
  readonly ignoredColumns: readonly string[];
}

/** Returns the values of an import of this actor. */
export function newImport(
  { actor, requestId, reason }: Ctx,
  resource: string,
  format: Format,
  { mapping, layout, header, ignoredColumns }: FileColumns,
): NewImport {
  return {
    resource,
    format,
    mapping: mapping ?? null,
    layout: layout ?? null,
    header,
    ignoredColumns: ignoredColumns.slice(0, MAX_IGNORED).map((name) => name.slice(0, MAX_SHOWN)),
    changeSetId: v7(),
    actorId: actorId(actor),
    requestId,
    reason,
  };
}
