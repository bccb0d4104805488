import type { Field } from '../definition/field';
import type { Resource, TransferLink, TransferReference } from '../definition/resource';

/** A column of a resource's files: a field, a field of a related object or of each of several, or the keys from the top of a tree down. */
export type Column =
  | { readonly name: string; readonly of: 'field'; readonly field: Field }
  | { readonly name: string; readonly of: 'reference'; readonly reference: TransferReference }
  | { readonly name: string; readonly of: 'path' }
  | { readonly name: string; readonly of: 'links'; readonly link: TransferLink };

/** Returns the columns that an export has by default, the key first: what an import of the file sets again. */
export function defaultColumns(resource: Resource): readonly Column[] {
  const { references = {}, links = {}, key } = transferOf(resource);
  const replaced = new Set(Object.values(references).map(({ field }) => field));
  const fields = writableFields(resource).filter(({ name }) => !replaced.has(name));
  return [...fields.filter(({ name }) => name === key), ...fields.filter(({ name }) => name !== key), ...relatedColumns(references, links)];
}

/** Returns every column that an export can have. */
export function exportableColumns(resource: Resource): readonly Column[] {
  const { references = {}, links = {} } = transferOf(resource);
  const fields = Object.entries(resource.fields).filter(([, { computed }]) => !computed);
  return [...fields.map(fieldColumn), ...pathColumn(resource), ...relatedColumns(references, links)];
}

/** Returns every column that an import reads. */
export function importableColumns(resource: Resource): readonly Column[] {
  const { references = {}, links = {} } = transferOf(resource);
  return [...writableFields(resource), ...pathColumn(resource), ...relatedColumns(references, links)];
}

/** Returns the declaration of a resource's files; throws for a resource without one. */
export function transferOf({ transfer, name }: Resource) {
  if (!transfer) throw new Error(`${name} declares no transfer.`);
  return transfer;
}

function writableFields({ fields }: Resource): Column[] {
  return Object.entries(fields)
    .filter(([, { write }]) => write !== 'never')
    .map(fieldColumn);
}

function fieldColumn([name, field]: [string, Field]): Column {
  return { name, of: 'field', field };
}

function pathColumn({ transfer }: Resource): Column[] {
  return transfer?.path ? [{ name: transfer.path.column, of: 'path' }] : [];
}

function relatedColumns(references: Readonly<Record<string, TransferReference>>, links: Readonly<Record<string, TransferLink>>): Column[] {
  return [
    ...Object.entries(references).map(([name, reference]): Column => ({ name, of: 'reference', reference })),
    ...Object.entries(links).map(([name, link]): Column => ({ name, of: 'links', link })),
  ];
}
