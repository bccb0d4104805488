import { type RequestHandler, Router } from 'express';
import type { Endpoint, Routes } from '../endpoint';
import { handle } from '../handle-request';
import type { Kernel } from '../app-dependencies';
import { methodNotAllowed } from '../../problems/common-problems';
import { strictLimit } from '../rate-limit';

/** The Express router of a table, by whole paths: each endpoint, and a 405 with `Allow` for every other method on a known path. */
export function expressRouter(kernel: Kernel, routes: Routes): Router {
  const router = Router({ caseSensitive: true });
  const strictly = strictLimit(kernel.env);
  for (const endpoint of routes.endpoints) {
    const steps = endpoint.strictlyLimited ? [strictly, handle(kernel, endpoint)] : [handle(kernel, endpoint)];
    router[endpoint.method](whole(routes, endpoint.path), ...steps);
  }
  for (const [path, methods] of methodsByPath(routes.endpoints)) router.all(whole(routes, path), refuseMethod(methods));
  return router;
}

function whole({ prefix }: Routes, path: string): string {
  return path === '/' ? prefix : `${prefix}${path}`;
}

function methodsByPath(endpoints: readonly Endpoint[]): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const { path, method } of endpoints) {
    const methods = byPath.get(path) ?? [];
    methods.push(...(method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    byPath.set(path, methods);
  }
  return byPath;
}

function refuseMethod(methods: readonly string[]): RequestHandler {
  const allow = [...new Set([...methods, 'OPTIONS'])].join(', ');
  return (req, res) => {
    if (req.method !== 'OPTIONS') {
      throw methodNotAllowed.because(`${req.method} is not possible here; allowed: ${allow}.`, { headers: { Allow: allow } });
    }
    res.setHeader('Allow', allow);
    res.writeHead(204).end();
  };
}
