import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { readProducts } from '../../seeders/dummyjson/source';
import { readNorthwind } from '../../seeders/northwind/source';

const data = join(PROJECT_FOLDER, 'seeders', 'data');

describe('the data files', () => {
  it.each([
    ['northwind', 'Microsoft Public License (Ms-PL)', 'cd0ef28d66369fbe177778e604e4be0f153c9e5c'],
    ['dummyjson', 'The MIT License (MIT)', '55ca918227aed430409a1ae46271448cb102d7f3'],
  ])('of %s stand beside their licence and their origin', (shop, licence, commit) => {
    expect(readFileSync(join(data, shop, 'LICENSE'), 'utf8')).toContain(licence);
    const origin = readFileSync(join(data, shop, 'ORIGIN.md'), 'utf8');
    expect(origin).toContain(commit);
    expect(origin).toContain('## Changes made here');
  });

  it.each(['northwind', 'dummyjson'])('of %s are UTF-8 in NFC, with neither byte order mark nor replaced characters', (shop) => {
    const names = readdirSync(join(data, shop)).filter((name) => name.endsWith('.ndjson'));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const bytes = readFileSync(join(data, shop, name));
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      expect(text).not.toMatch(/[\uFEFF\uFFFD\r]/);
      expect(text.normalize('NFC')).toBe(text);
    }
  });

  it('hold money as decimal strings with two places', () => {
    const { orders, products } = readNorthwind();
    const amounts = [
      ...orders.map(({ freight }) => freight),
      ...orders.flatMap(({ lines }) => lines.map(([, , price]) => price)),
      ...products.map(({ unitPrice }) => unitPrice),
      ...readProducts().map(({ price }) => price),
    ];
    expect(amounts.filter((amount) => !/^\d+\.\d\d$/.test(amount))).toEqual([]);
  });

  it('have the price of each product that its latest order item paid', () => {
    const { orders, products } = readNorthwind();
    const latest = new Map(orders.flatMap(({ lines }) => lines.map(([product, , price]) => [product, price] as const)));
    expect(new Map(products.map(({ productId, unitPrice }) => [productId, unitPrice]))).toEqual(latest);
  });
});
