import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** helmet's headers on every answer. They are always the same, so helmet is asked once, not a dozen functions at each request. */
export function securityHeaders(): RequestHandler {
  const headers = captured(helmet());
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

type Middleware = (req: never, res: Response, next: (error?: unknown) => void) => void;

function captured(middleware: Middleware): [name: string, value: string][] {
  const headers = new Map<string, string>();
  const recorder = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  let isDone = false;
  middleware({} as never, recorder as unknown as Response, (error) => {
    if (error) throw error;
    isDone = true;
  });
  if (!isDone) throw new Error('helmet does not set its headers at once any more: use it as a middleware again.');
  return [...headers];
}
