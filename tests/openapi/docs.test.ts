import request from 'supertest';
import { useShop } from '../support/use-shop';

const { shop } = useShop();
const get = (path: string) => request(shop.server).get(path);

test('the page loads only files that are there', async () => {
  const { text } = await get('/docs');
  const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => String(path));
  expect(files).toEqual(['/docs/assets/swagger-ui.css', '/docs/assets/swagger-ui-bundle.js', '/docs/start.js']);
  for (const file of files) expect([file, (await get(file)).status]).toEqual([file, 200]);
});

test.each(['package.json', 'index.html', 'swagger-ui.js', 'swagger-ui-bundle.js.map', 'oauth2-redirect.html', '..%2Fpackage.json', ''])(
  'serves no other file of Swagger UI: %s',
  async (file) => {
    expect((await get(`/docs/assets/${file}`)).status).toBe(404);
  },
);

test('the page keeps no token in the browser’s storage, and asks no other host', async () => {
  const { text } = await get('/docs/start.js');
  expect(text).not.toMatch(/persistAuthorization: true|localStorage/);
  expect(text).toContain('validatorUrl: null');
});

test('a browser that has a file gets a 304', async () => {
  const { headers } = await get('/docs/assets/swagger-ui.css');
  expect((await get('/docs/assets/swagger-ui.css').set('If-None-Match', String(headers.etag))).status).toBe(304);
});
