import type { Ctx } from '../../../context/context';
import { type Bind, Binder, column, where } from '../../../database/sql/binder';
import type { Statement } from '../../../database/sql/statement';
import { columnOf, jsonValue, tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import { rowsOfList } from '../../list/rows-of-list';
import type { ListQuery } from '../../query/list-query';
import { orderBy, sortKeys } from '../../query/order/sort';
import { type RelatedRows, relatedRows } from '../../read/related-rows';
import type { Column } from '../columns';
import { keyPath } from '../key-path';

/** A row of an export: its cells as the text of a JSON array, or of an object with the columns' names. */
export interface ExportRow {
  readonly body: string;
}

/**
 * Returns the statement of all rows of a list query, in its order. Throws `invalid_parameters` (400), and `forbidden` (403) where it asks
 * for deleted rows that the actor may not see.
 */
export function exportStatement(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  columns: readonly Column[],
  as: 'array' | 'object',
): Statement {
  const { conditions, sort, way } = rowsOfList(ctx, resource, inOrder(resource, query));
  const keys = sortKeys(resource, sort, way?.rank ?? null);
  const { bind, values } = new Binder();
  const cells = columns.map((each) => ({ name: each.name, value: cell(ctx, resource, each, 't', bind) }));
  const body =
    as === 'array'
      ? `json_build_array(${cells.map(({ value }) => value).join(', ')})`
      : `(SELECT row_to_json(o) FROM (SELECT ${cells.map(({ name, value }) => `${value} AS "${name}"`).join(', ')}) o)`;
  const rows = `${tableOf(resource.model())} t${where(conditions, 't', bind)} ORDER BY ${orderBy(keys, 't', bind, false)}`;
  return { text: `SELECT ${body}::text AS body FROM ${rows}`, values };
}

/** Returns the expression of a column's JSON value in the row that `alias` names. */
export function cell(ctx: Ctx, resource: Resource, each: Column, alias: string, bind: Bind): string {
  const model = resource.model();
  switch (each.of) {
    case 'field':
      return (
        (resource.timed?.expressions ?? resource.expressions)?.[each.name]?.(ctx, alias, () => null) ??
        jsonValue(alias, columnOf(model, each.name), each.field)
      );
    case 'reference': {
      const { field, by, resource: related } = each.reference;
      const other = related().model();
      return `(SELECT ${column('r', columnOf(other, by))} FROM ${tableOf(other)} r WHERE r.id = ${column(alias, columnOf(model, field))})`;
    }
    case 'path':
      return keyPath(resource, alias);
    case 'links': {
      const [rows] = relatedRows(ctx, resource, each.link.include, alias, bind);
      const { resource: related, alias: other, source } = rows as RelatedRows;
      const key = column(other, columnOf(related.model(), each.link.by));
      return `ARRAY(SELECT ${key} ${source} ORDER BY ${key})`;
    }
  }
}

/* The best matches of a search come first all the same. */
function inOrder({ transfer }: Resource, query: ListQuery): ListQuery {
  return transfer?.sort === undefined || query.sort !== undefined || query.q !== undefined ? query : { ...query, sort: transfer.sort };
}
