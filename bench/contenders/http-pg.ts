import { createServer, type ServerResponse } from 'node:http';
import { openPool } from './pool';
import { afterOf, bodyOf, PAGE_SIZE, placeOf } from './requests';
import { READS } from './statements';
import { orderInSteps } from './steps';

/* (a): node:http and pg, nothing else: named prepared statements, one per read; rows become JSON in Node. */

const pool = openPool();

const server = createServer((request, response) => {
  const url = request.url ?? '';
  if (request.method === 'POST') {
    bodyOf(request)
      .then((order) => orderInSteps(pool, order))
      .then((order) => answer(response, order ? 201 : 409, order), fail(response));
  } else if (url.startsWith('/products/')) {
    pool
      .query({ name: 'one', text: READS.one, values: [url.slice('/products/'.length)] })
      .then(({ rows }) => answer(response, rows[0] ? 200 : 404, rows[0]), fail(response));
  } else {
    const place = placeOf(new URLSearchParams(url.split('?')[1]).get('after'));
    const statement = place
      ? { name: 'next', text: READS.next, values: [...place, PAGE_SIZE + 1] }
      : { name: 'first', text: READS.first, values: [PAGE_SIZE + 1] };
    pool.query(statement).then(({ rows }) => {
      const data = rows.slice(0, PAGE_SIZE);
      answer(response, 200, { data, pagination: { limit: PAGE_SIZE, hasNext: rows.length > PAGE_SIZE, nextCursor: afterOf(data) } });
    }, fail(response));
  }
});

function answer(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value ?? null);
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

const fail = (response: ServerResponse) => (error: unknown) => answer(response, 500, { error: String(error) });

server.listen(Number(process.env.PORT), '127.0.0.1');
