import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from '../../problems/common-problems';
import type { AppDependencies } from '../app-dependencies';
import type { Endpoint } from '../endpoint';
import { handle } from '../handle-request';
import { strictLimit } from '../rate-limit';
import type { RouteTable } from './api-router';

/** The Express router of a table, by whole paths: each endpoint, and a 405 with `Allow` for every other method on a known path. */
export function expressRouter(dependencies: AppDependencies, routes: RouteTable): Router {
  const router = Router({ caseSensitive: true });
  const strictly = strictLimit(dependencies.env);
  for (const endpoint of routes.endpoints) {
    const steps = endpoint.rateLimit === 'strict' ? [strictly, handle(dependencies, endpoint)] : [handle(dependencies, endpoint)];
    router[endpoint.method](whole(routes, endpoint.path), ...steps);
  }
  for (const [path, methods] of methodsByPath(routes.endpoints)) router.all(whole(routes, path), refuseMethod(methods));
  return router;
}

function whole({ prefix }: RouteTable, path: string): string {
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
