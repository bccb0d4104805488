import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import { authenticate } from './accounts';
import { ABOUT, allRoutes } from './document';
import { entrance } from './http/request-log';
import { failure } from './http/errors/error-handler';
import type { Kernel } from './http/app-dependencies';
import { docsRouter } from './openapi/docs-router';
import { securityHeaders } from './http/output/security-headers';
import { notFound } from './problems/common-problems';
import { generalLimit } from './http/rate-limit';
import { dispatch, inTurn } from './http/routing/dispatch';
import { registerModels } from './models';
import { constraintProblems } from './routes';

/** What the process, or a test, hands over. */
export type AppMeans = Pick<Kernel, 'env' | 'sequelize' | 'logger' | 'state'>;

/* A client that takes no encoding has its answer written without the detour. */
function compressed(): RequestHandler {
  const compress = compression();
  return (req, res, next) => (req.headers['accept-encoding'] === undefined ? next() : compress(req, res, next));
}

/** Builds the Express app on a connected database; it never listens. */
export function buildApp(means: AppMeans): Express {
  registerModels(means.sequelize);
  const kernel: Kernel = { ...means, authenticate, constraintProblems };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.set('trust proxy', means.env.TRUST_PROXY);
  const tables = allRoutes(means.state);
  app.use(inTurn(securityHeaders(), entrance(kernel), generalLimit(means.env), compressed(), dispatch(kernel, tables)));
  app.use(docsRouter(ABOUT, tables));
  app.use((req) => {
    throw notFound.because(`${req.path} leads nowhere; /docs lists the endpoints.`);
  });
  app.use(failure(kernel));
  return app;
}
