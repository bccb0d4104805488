import type { Ctx } from '../../../context/context';
import { Binder } from '../../../database/sql/binder';
import { queryOne } from '../../../database/sql/statement';
import { WHOLE } from '../../../resource/query/representation';
import { projection } from '../../../resource/read/projection';
import { notFoundHere } from '../../../resource/read/read-one';
import { categories } from '../category.resource';
import { MAX_TREE } from './tree-schema';

const RELATION = {
  ancestors: "this.path LIKE t.path || '%'",
  descendants: "t.path LIKE this.path || '%'",
} as const;

/**
 * Returns the ancestors or descendants of a category as JSON text `{data}`, rendered by PostgreSQL in one statement; throws `not_found`
 * (404). The first sub-select tells a missing category from one without relatives; the second renders the relatives in order.
 */
export async function readRelatives(ctx: Ctx, id: string, relation: keyof typeof RELATION): Promise<string> {
  const binder = new Binder();
  const body = projection(ctx, categories, WHOLE, 't', binder.bind);
  const order = relation === 'ancestors' ? 't.level' : 't.path';
  const row = await queryOne<{ found: boolean; data: string }>(ctx, {
    text:
      `SELECT EXISTS (SELECT 1 FROM categories WHERE id = ${binder.bind(id, 'uuid')} AND deleted_at IS NULL) AS found, ` +
      `(SELECT json_build_object('data', coalesce(json_agg(body::json ORDER BY position), '[]'::json))::text FROM ` +
      `(SELECT ${body} AS body, row_number() OVER (ORDER BY ${order}) AS position ` +
      `FROM categories this JOIN categories t ON ${RELATION[relation]} AND t.id <> this.id AND t.deleted_at IS NULL ` +
      `WHERE this.id = ${binder.bind(id, 'uuid')} LIMIT ${MAX_TREE}) r) AS data`,
    values: binder.values,
  });
  if (!row?.found) throw notFoundHere(categories);
  return row.data;
}
