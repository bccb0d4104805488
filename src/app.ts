import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { authenticate } from './accounts';
import { entrance } from './http/entrance';
import { failure } from './http/failure';
import type { Kernel } from './http/kernel';
import { docsRouter } from './http/openapi/docs-router';
import { notFound } from './http/problems/kinds';
import { generalLimit } from './http/rate-limit';
import { expressRouter } from './http/router';
import { registerModels } from './models';
import { healthRoutes } from './operations';
import { constraintProblems, routes } from './routes';

const { version } = require('../package.json') as { version: string };

const ABOUT = {
  title: 'Storekeeper',
  version,
  description: 'A headless commerce API that never loses, oversells or silently changes anything.',
};

/** What the process, or a test, hands over. */
export type AppMeans = Pick<Kernel, 'env' | 'sequelize' | 'logger' | 'state'>;

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
  app.use(entrance(kernel), helmet(), generalLimit(means.env), compression());
  const tables = [healthRoutes(means.state), ...routes];
  for (const table of tables) app.use(table.prefix, expressRouter(kernel, table));
  app.use(docsRouter(ABOUT, tables));
  app.use((req) => {
    throw notFound.because(`${req.path} leads nowhere; /docs lists the endpoints.`);
  });
  app.use(failure(kernel));
  return app;
}
