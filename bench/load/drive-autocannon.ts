import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { KEY_PLACE, type LoadOptions, type LoadRequest, type LoadResult } from './load';

/* A process of its own: `drive-autocannon.ts <file>` sends the load that the file describes, and sends the result to its parent. */

const REQUESTS_A_CONNECTION = 500;
const { url, requests, connections, seconds } = JSON.parse(readFileSync(String(process.argv[2]), 'utf8')) as LoadOptions;

const some = () =>
  Array.from({ length: REQUESTS_A_CONNECTION }, () => {
    const request = requests[Math.floor(Math.random() * requests.length)] as LoadRequest;
    const setupRequest = (given: autocannon.Request) => ({ ...given, headers: { ...given.headers, 'Idempotency-Key': randomUUID() } });
    return request.headers['Idempotency-Key'] === KEY_PLACE ? { ...request, setupRequest } : request;
  });

autocannon({
  url,
  connections,
  duration: seconds,
  setupClient: (client) => client.setRequests(some()),
}).then((result) => {
  const answer: LoadResult = {
    requestsPerSecond: result.requests.total / result.duration,
    answered: result.requests.total,
    failed: result.errors + result.timeouts + result['4xx'] + result['5xx'],
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
  process.send?.(answer);
  process.disconnect?.();
});
