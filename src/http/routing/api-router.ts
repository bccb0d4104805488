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
  /** Whether no rate limit applies: a probe must never be refused. */
  readonly isUnlimited?: boolean;
  readonly endpoints: readonly Endpoint[];
}

/** A route table and how to build its Express router. */
export interface ApiRouter extends RouteTable {
  /** Builds the Express router, with the settings and the database of the app. */
  build(dependencies: AppDependencies): Router;
}

/** Declares the router of a list of endpoints: each endpoint, and a 405 with `Allow` for every other method on its path. */
export function apiRouter(table: RouteTable): ApiRouter {
  return { ...table, build: (dependencies) => expressRouter(dependencies, table) };
}
