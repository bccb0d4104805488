import type { Client } from 'pg';
import { reviewService } from '../../../src/catalogue/reviews/review.service';
import type { Ctx } from '../../../src/context/context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { Problem } from '../../../src/problems/problem';

/** Where the writes go: the shop's own units of work, and a connection as psql has one. */
export interface Ground {
  readonly ctx: Ctx;
  readonly psql: Client;
  readonly products: readonly string[];
  readonly people: readonly string[];
}

/** What became of a write. */
export type Outcome = 'done' | 'refused' | 'rolled back';

type Write = (ground: Ground, product: string, person: string) => Promise<Outcome>;

const rating = () => 1 + Math.floor(Math.random() * 5);
const WHERE = `WHERE product_id = $1::uuid AND author_id = $2::uuid AND deleted_at IS NULL`;
const INSERT = `INSERT INTO reviews (id, product_id, author_id, rating, status) VALUES (uuid_v7(), $1::uuid, $2::uuid, $3, 'published')
  ON CONFLICT DO NOTHING`;

/** The kinds of writes, each as often as the others. */
export const WRITES: Readonly<Record<string, Write>> = {
  'review by the API': (ground, productId, person) =>
    asPerson(ground, person, (ctx) => unitOfWork(ctx, (tx) => reviewService.create(tx, { productId, rating: rating() }))),
  'another rating by the API': (ground, product, person) =>
    ofOwn(ground, product, person, (ctx, id) => unitOfWork(ctx, (tx) => reviewService.patch(tx, id, { rating: rating() }, NONE))),
  'deletion by the API': (ground, product, person) =>
    ofOwn(ground, product, person, (ctx, id) => unitOfWork(ctx, (tx) => reviewService.delete(tx, id, false, NONE))),
  'rejection by the API': (ground, product, person) =>
    ofOwn(ground, product, person, (_ctx, id) =>
      unitOfWork(ground.ctx, (tx) => reviewService.patch(tx, id, { status: 'rejected', moderationReason: 'No' }, NONE)),
    ),
  'review by psql': (ground, product, person) => sql(ground, INSERT, [product, person, rating()]),
  'another rating by psql': (ground, product, person) =>
    sql(ground, `UPDATE reviews SET rating = $3 ${WHERE}`, [product, person, rating()]),
  'deletion by psql': (ground, product, person) => sql(ground, `DELETE FROM reviews ${WHERE}`, [product, person]),
  'all of a person at once by psql': (ground, _product, person) =>
    sql(ground, `UPDATE reviews SET rating = 6 - rating, status = 'published', moderation_reason = NULL WHERE author_id = $1::uuid`, [
      person,
    ]),
  'sale by psql': (ground, product) =>
    sql(ground, 'UPDATE products SET stock_quantity = stock_quantity + 1 WHERE id = $1::uuid', [product]),
  'review that is rolled back': async ({ psql }, product, person) => {
    await psql.query('BEGIN');
    await psql.query(INSERT, [product, person, rating()]).catch(() => undefined);
    await psql.query('ROLLBACK');
    return 'rolled back';
  },
};

const NONE = { ifMatch: undefined, ifNoneMatch: undefined };

async function sql({ psql }: Ground, text: string, values: unknown[]): Promise<Outcome> {
  try {
    const { rowCount } = await psql.query(text, values);
    return rowCount === 0 ? 'refused' : 'done';
  } catch (error) {
    if ((error as { code?: string }).code === '40P01') return 'rolled back';
    throw error;
  }
}

async function asPerson({ ctx }: Ground, id: string, work: (ctx: Ctx) => Promise<unknown>): Promise<Outcome> {
  try {
    await work({ ...ctx, actor: { kind: 'user', id, sessionId: '', permissions: new Set() } });
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return 'refused';
    throw error;
  }
}

async function ofOwn(ground: Ground, product: string, person: string, work: (ctx: Ctx, id: string) => Promise<unknown>): Promise<Outcome> {
  const { rows } = await ground.psql.query<{ id: string }>(`SELECT id FROM reviews ${WHERE}`, [product, person]);
  const [own] = rows;
  return own ? asPerson(ground, person, (ctx) => work(ctx, own.id)) : 'refused';
}
