import { createServer, type ServerResponse } from 'node:http';
import { openPool } from './pool';
import { bodyOf, newOrder, PAGE_SIZE, placeOf } from './requests';
import { JSON_READS, ORDER_AT_ONCE } from './statements';

/* (a+): the limit. PostgreSQL writes the JSON text, LIMIT is a literal, the order is one statement. */

const pool = openPool();

const server = createServer((request, response) => {
  const url = request.url ?? '';
  if (request.method === 'POST') {
    bodyOf(request)
      .then(({ userId, items }) => {
        const { id, number } = newOrder();
        const values = [id, number, userId, items.map(({ productId }) => productId), items.map(({ quantity }) => quantity)];
        return pool.query<Body>({ name: 'order', text: ORDER_AT_ONCE, values });
      })
      .then(({ rows: [order] }) => answer(response, order ? 201 : 409, order?.body ?? 'null'), fail(response));
  } else if (url.startsWith('/products/')) {
    pool
      .query<Body>({ name: 'one', text: JSON_READS.one, values: [url.slice('/products/'.length)] })
      .then(({ rows: [product] }) => answer(response, product ? 200 : 404, product?.body ?? 'null'), fail(response));
  } else {
    const place = placeOf(new URLSearchParams(url.split('?')[1]).get('after'));
    const statement = place ? { name: 'next', text: JSON_READS.next, values: [...place] } : { name: 'first', text: JSON_READS.first };
    pool.query<Body>(statement).then(({ rows }) => {
      const data = rows.slice(0, PAGE_SIZE).map(({ body }) => body);
      const last = data.at(-1) ?? '';
      const after = `${/"createdAt":"([^"]+)"/.exec(last)?.[1]},${last.slice(7, 43)}`;
      const pagination = JSON.stringify({ limit: PAGE_SIZE, hasNext: rows.length > PAGE_SIZE, nextCursor: after });
      answer(response, 200, `{"data":[${data.join(',')}],"pagination":${pagination}}`);
    }, fail(response));
  }
});

interface Body {
  readonly body: string;
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

const fail = (response: ServerResponse) => (error: unknown) => answer(response, 500, JSON.stringify({ error: String(error) }));

server.listen(Number(process.env.PORT), '127.0.0.1');
