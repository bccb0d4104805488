import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Sets helmet's headers on every response. They never change, so helmet runs once, not a dozen functions per request. */
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
  if (!isDone) throw new Error('helmet no longer sets its headers synchronously: use it as a middleware again.');
  return [...headers];
}
