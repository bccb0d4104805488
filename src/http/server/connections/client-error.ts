import { STATUS_CODES } from 'node:http';
import { v7 } from 'uuid';
import { headersTooLarge, malformedRequest, requestTimeout } from '../../../problems/common-problems';
import { type Problem, problemDocument } from '../../../problems/problem';
import type { Connection } from './connection';

/**
 * Answers what Node could not read as a request (broken syntax, headers too large, too slow) with a problem document, after the responses
 * of the requests before it, and closes the connection.
 */
export function handleClientError(error: NodeJS.ErrnoException, connection: Connection): void {
  const { socket } = connection;
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else connection.endAfterResponses(response(error.code));
}

function response(code: string | undefined): string {
  const problem = problemOf(code);
  const requestId = v7();
  const body = JSON.stringify(problemDocument(problem, '/', requestId));
  const { status } = problem.type;
  return (
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`
  );
}

/* Node's codes: https://nodejs.org/api/http.html#event-clienterror */
function problemOf(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return headersTooLarge.because('Send fewer or shorter headers, and a shorter URL: 16 KiB in all.');
    case 'HPE_INVALID_URL':
      return malformedRequest.because('The URL has a character that must be percent-encoded: write it in UTF-8, each byte as %XX.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return requestTimeout.because('The request did not arrive in time, and nothing was done. Send it again.');
    default:
      return malformedRequest.because('The request is not valid HTTP.');
  }
}
