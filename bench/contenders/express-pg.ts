import express from 'express';
import { openPool } from './pool';
import { afterOf, type OrderRequest, PAGE_SIZE, placeOf } from './requests';
import { READS } from './statements';
import { orderInSteps } from './steps';

/* (b): Express 5 and pg with the statements of (a). */

const pool = openPool();
const app = express();

app.get('/products/:id', async (req, res) => {
  const { rows } = await pool.query({ name: 'one', text: READS.one, values: [req.params.id] });
  res.status(rows[0] ? 200 : 404).json(rows[0] ?? null);
});

app.get('/products', async (req, res) => {
  const place = placeOf(req.query.after as string | undefined);
  const { rows } = await pool.query(
    place
      ? { name: 'next', text: READS.next, values: [...place, PAGE_SIZE + 1] }
      : { name: 'first', text: READS.first, values: [PAGE_SIZE + 1] },
  );
  const data = rows.slice(0, PAGE_SIZE);
  res.json({ data, pagination: { limit: PAGE_SIZE, hasNext: rows.length > PAGE_SIZE, nextCursor: afterOf(data) } });
});

app.post('/orders', express.json(), async (req, res) => {
  const order = await orderInSteps(pool, req.body as OrderRequest);
  res.status(order ? 201 : 409).json(order);
});

app.listen(Number(process.env.PORT), '127.0.0.1');
