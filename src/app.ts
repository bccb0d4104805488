import express, { type Express, type RequestHandler } from 'express';
import { authenticate } from './accounts';
import type { AppDependencies } from './http/app-dependencies';
import { errorHandler } from './http/errors/error-handler';
import { requireValidHeaders } from './http/input/headers/require-valid-headers';
import { normalizeTarget } from './http/input/request-target';
import { compressResponses } from './http/output/compress-responses';
import { crossOrigin } from './http/output/headers/cross-origin';
import { securityHeaders } from './http/output/headers/security-headers';
import { Overload } from './http/overload/overload';
import { refuseWhenOverloaded } from './http/overload/refuse-when-overloaded';
import { generalLimit, rateLimits } from './http/rate-limit';
import { requestLog } from './http/request/request-log';
import { dispatchByPrefix } from './http/routing/dispatch-by-prefix';
import { registerModels } from './models';
import { ABOUT } from './openapi/about';
import { docsRouter } from './openapi/docs-router';
import { notFound } from './problems/common-problems';
import { allRouters, constraintProblems, eventCatalogue } from './routes';

/** What the process, or a test, provides. */
export type AppResources = Pick<AppDependencies, 'env' | 'sequelize' | 'logger' | 'state'>;

/** Builds the Express app on a connected database; it never listens. */
export function buildApp(resources: AppResources): Express {
  registerModels(resources.sequelize);
  const overload = new Overload(resources.env, resources.sequelize, resources.logger);
  const dependencies: AppDependencies = {
    ...resources,
    authenticate,
    constraintProblems,
    eventTypesOf: (change) => eventCatalogue.typesOf(change),
    limits: rateLimits(resources.env),
    overload,
  };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.set('trust proxy', resources.env.TRUST_PROXY);
  const routers = allRouters(resources.state, overload);
  app.use(securityHeaders(), requestLog(dependencies), crossOrigin(resources.env), requireWellFormed);
  app.use(
    dispatchByPrefix(
      dependencies,
      routers.filter(({ isUnlimited }) => isUnlimited),
    ),
  );
  app.use(refuseWhenOverloaded(overload), generalLimit(dependencies.limits), compressResponses());
  app.use(
    dispatchByPrefix(
      dependencies,
      routers.filter(({ isUnlimited }) => !isUnlimited),
    ),
  );
  app.use(docsRouter(ABOUT, routers));
  app.use((req) => {
    throw notFound.because(`No route matches ${req.path}.`);
  });
  app.use(errorHandler(dependencies));
  return app;
}

const requireWellFormed: RequestHandler = (req, _res, next) => {
  requireValidHeaders(req);
  normalizeTarget(req);
  next();
};
