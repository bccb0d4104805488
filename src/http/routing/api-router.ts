import type { Router } from 'express';
import type { AppDependencies } from '../app-dependencies';
import type { Endpoint } from '../endpoint';
import { expressRouter } from './express-router';

/** The endpoints below one prefix, in the order of the API docs. */
export interface RouteTable {
  /** `/v1/<name>` or `/<name>`. */
  readonly prefix: string;
  /** The section of the docs. */
  readonly tag: string;
  readonly description: string;
  readonly endpoints: readonly Endpoint[];
}

/** A route table with the Express router that it makes. */
export interface ApiRouter extends RouteTable {
  /** Makes the Express router, once the app knows its settings and its database. */
  build(dependencies: AppDependencies): Router;
}

/** Makes an Express router of a list of endpoints: each endpoint, and a 405 with `Allow` for every other method on its path. */
export function apiRouter(table: RouteTable): ApiRouter {
  return { ...table, build: (dependencies) => expressRouter(dependencies, table) };
}
