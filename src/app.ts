import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import { authenticate } from './accounts';
import type { AppDependencies } from './http/app-dependencies';
import { errorHandler } from './http/errors/error-handler';
import { securityHeaders } from './http/output/security-headers';
import { generalLimit } from './http/rate-limit';
import { requestLog } from './http/request-log';
import { dispatch } from './http/routing/dispatch';
import { registerModels } from './models';
import { ABOUT } from './openapi/about';
import { docsRouter } from './openapi/docs-router';
import { notFound } from './problems/common-problems';
import { allRouters, constraintProblems } from './routes';

/** What the process, or a test, hands over. */
export type AppMeans = Pick<AppDependencies, 'env' | 'sequelize' | 'logger' | 'state'>;

/* A client that takes no encoding has its answer written without the detour. */
function compressed(): RequestHandler {
  const compress = compression();
  return (req, res, next) => (req.headers['accept-encoding'] === undefined ? next() : compress(req, res, next));
}

/** Builds the Express app on a connected database; it never listens. */
export function buildApp(means: AppMeans): Express {
  registerModels(means.sequelize);
  const dependencies: AppDependencies = { ...means, authenticate, constraintProblems };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.set('trust proxy', means.env.TRUST_PROXY);
  const tables = allRouters(means.state);
  app.use(securityHeaders(), requestLog(dependencies), generalLimit(means.env), compressed(), dispatch(dependencies, tables));
  app.use(docsRouter(ABOUT, tables));
  app.use((req) => {
    throw notFound.because(`${req.path} leads nowhere; /docs lists the endpoints.`);
  });
  app.use(errorHandler(dependencies));
  return app;
}
