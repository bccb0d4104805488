import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendJobsOfEvents } from '../../../src/events/queues/send-jobs-of-events';
import type { Queue } from '../../../src/jobs';
import { eventQueues } from '../../../src/queues';
import { eventCatalogue } from '../../../src/routes';
import { issueDocuments } from '../../../src/sales/documents/issue/issue-documents.queue';
import { mailDocument } from '../../../src/sales/documents/mail/mail-document.queue';
import { makeProduct } from '../../factories/products';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';
import { guestCart } from '../carts/support/carts';

const folder = mkdtempSync(join(tmpdir(), 'mails-'));
const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' }, { DATA_DIR: folder });

afterAll(() => rmSync(folder, { recursive: true }));

interface IssuedDocument {
  readonly kind: string;
  readonly number: string;
  readonly mailedAt: string | null;
}

/** Does what the workers do: jobs of the events so far, and their work. */
const work = async () => {
  for (const queue of eventQueues) while (await sendJobsOfEvents(shop, eventCatalogue, queue));
  await runJobs(shop, [issueDocuments.queue as Queue, mailDocument as Queue]);
};
const place = async (values: object = {}) => {
  const items = [{ productId: await makeProduct(shop, manager, { name: 'Chai & <b>tea</b>' }), quantity: 2 }];
  return (await shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external', ...values } })).body;
};
const manage = (path: string, body?: object) => shop.call('post', path, { token: manager.token, ...(body && { body }) });
const documentsOf = async (orderId: string) =>
  (await shop.call('get', `/v1/documents?orderId=${orderId}&sort=issuedAt`, { token: buyer.token })).body.data as IssuedDocument[];
const mails = () => readdirSync(join(folder, 'mails')).map((file) => readFileSync(join(folder, 'mails', file), 'utf8'));

/* The first look opens the cursor: a shop does not write to those who bought before. */
beforeAll(work);

test('issues a confirmation, an invoice and a credit note of what was placed, paid and refunded, and mails each once', async () => {
  const order = await place();
  await work();
  await manage(`/v1/orders/${order.id}/pay`);
  await manage(`/v1/orders/${order.id}/refunds`, { amount: '5.00' });
  await work();
  await work();
  const issued = await documentsOf(order.id);
  expect(issued).toMatchObject([
    { kind: 'confirmation', number: order.orderNumber, content: { total: '20.00', items: [{ quantity: 2, subtotal: '20.00' }] } },
    { kind: 'invoice', content: { orderNumber: order.orderNumber, total: '20.00' } },
    { kind: 'credit_note', content: { refund: { amount: '5.00', tax: '0.00', invoiceNumber: issued[1]?.number } } },
  ]);
  expect(issued.every(({ mailedAt }) => mailedAt !== null)).toBe(true);
  expect(mails().filter((mail) => mail.includes(order.orderNumber)).length).toBe(3);
});

test('numbers invoices without gaps, in the order of their times, however many are issued at once', async () => {
  const orders = await Promise.all(Array.from({ length: 6 }, () => place()));
  await Promise.all(orders.map(({ id }) => manage(`/v1/orders/${id}/pay`)));
  await Promise.all([work(), work()]);
  await work();
  const rows = await shop.query<{ sequence: number }>("SELECT sequence FROM documents WHERE kind = 'invoice' ORDER BY issued_at, sequence");
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_row, index) => index + 1));
  expect(rows.length).toBeGreaterThanOrEqual(6);
});

test('lets nobody take a number, or change what was issued, past a document', async () => {
  const [document] = await shop.query<{ id: string }>("SELECT id FROM documents WHERE kind = 'invoice' LIMIT 1");
  await expect(shop.query('UPDATE document_numbers SET last = last + 1')).rejects.toThrow('documents alone take their numbers');
  await expect(shop.query("UPDATE documents SET number = 'INV-1' WHERE id = $1::uuid", [document?.id])).rejects.toThrow();
  await expect(shop.query('DELETE FROM documents WHERE id = $1::uuid', [document?.id])).rejects.toThrow();
});

test('shows a document as a page that runs nothing of what a customer wrote, to whoever sees the order', async () => {
  const product = await makeProduct(shop, manager, { name: '<script>alert(1)</script>' });
  const guest = await guestCart(shop, [{ productId: product, quantity: 1 }]);
  const order = (await guest.call('post', '/checkout', {})).body;
  await work();
  const headers = { 'X-Guest-Token': guest.token };
  const [document] = (await shop.call('get', `/v1/documents?orderId=${order.id}`, { headers })).body.data;
  expect(document).toMatchObject({ kind: 'confirmation', content: { buyer: { email: 'guest@example.com' } } });
  const page = await shop.call('get', `/v1/documents/${document.id}/html`, { headers });
  expect(page.text).toContain('&lt;script&gt;');
  expect(page.text).not.toContain('<script>');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await shop.call('get', `/v1/documents/${document.id}`, { token: buyer.token })).status).toBe(404);
});

test('writes nothing to the buyers of orders of long ago', async () => {
  const order = await place();
  await shop.query("UPDATE orders SET placed_at = placed_at - interval '2 years' WHERE id = $1::uuid", [order.id]);
  await work();
  expect(await documentsOf(order.id)).toEqual([]);
});
