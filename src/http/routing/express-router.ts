import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from '../../problems/common-problems';
import type { AppDependencies } from '../app-dependencies';
import type { Endpoint } from '../endpoint';
import { handleRequest } from '../handle-request';
import type { RouteTable } from './api-router';

/** Returns the Express router of a table: each endpoint by its full path, and a 405 with `Allow` for every other method on a known path. */
export function expressRouter(dependencies: AppDependencies, table: RouteTable): Router {
  const router = Router({ caseSensitive: true });
  for (const endpoint of table.endpoints) {
    router[endpoint.method](fullPath(table, endpoint.path), handleRequest(dependencies, endpoint, table.isUnlimited));
  }
  for (const [path, methods] of methodsByPath(table.endpoints)) router.all(fullPath(table, path), otherMethods(methods));
  return router;
}

function fullPath({ prefix }: RouteTable, path: string): string {
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

function otherMethods(methods: readonly string[]): RequestHandler {
  const allow = [...new Set([...methods, 'OPTIONS'])].join(', ');
  return (req, res) => {
    if (req.method !== 'OPTIONS') {
      throw methodNotAllowed.because(`${req.method} is not allowed here; allowed: ${allow}.`, { headers: { Allow: allow } });
    }
    res.setHeader('Allow', allow);
    res.writeHead(204).end();
  };
}
