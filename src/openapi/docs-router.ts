import { dirname } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { sendText } from '../http/output/send';
import type { ApiRouter } from '../http/routing/api-router';
import type { About } from './about';
import { openApiDocumentInTurns } from './document/document';
import { problemsPage } from './problems-page';

/* The only files of Swagger UI that the page loads. */
const ASSETS = ['/swagger-ui.css', '/swagger-ui-bundle.js'];

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Storekeeper API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });
`;

/** Returns the router of /openapi.json, of the interactive page /docs and of /docs/problems; no page loads anything from other hosts. */
export function docsRouter(about: About, tables: readonly ApiRouter[]): Router {
  const router = Router();
  router.get(
    '/openapi.json',
    text(async () => JSON.stringify(await openApiDocumentInTurns(about, tables)), 'application/json; charset=utf-8'),
  );
  router.use('/docs', pageSecurity());
  router.get(
    '/docs',
    text(() => PAGE, 'text/html; charset=utf-8'),
  );
  router.get(
    '/docs/start.js',
    text(() => START, 'text/javascript; charset=utf-8'),
  );
  router.get(
    '/docs/problems',
    text(() => problemsPage(tables), 'text/html; charset=utf-8'),
  );
  router.use(
    '/docs/assets',
    onlyAssets,
    express.static(dirname(require.resolve('swagger-ui-dist/package.json')), { index: false, maxAge: '1d', acceptRanges: false }),
  );
  return router;
}

/* Written at the first request, so that the start does not wait for it. */
function text(write: () => string | Promise<string>, contentType: string): RequestHandler {
  let content: string | Promise<string> | undefined;
  return async (req, res) => {
    content ??= write();
    sendText(req, res, 200, await content, contentType);
  };
}

const onlyAssets: RequestHandler = (req, _res, next) => next(ASSETS.includes(req.path) ? undefined : 'router');

/* Swagger UI sets inline styles and has its icons as data URLs; nothing is loaded from other hosts. */
function pageSecurity(): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  });
}
