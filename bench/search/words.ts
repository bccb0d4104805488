import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

interface Category {
  readonly name: string;
  readonly slug: string;
  readonly parentSlug: string;
}

interface Item {
  readonly title: string;
  readonly description: string;
  readonly brand?: string;
}

const ROOT = join(__dirname, '..', '..');

/** The words that the bench makes products of: those of the demo shops and of Shopify's taxonomy (see the ORIGIN.md beside each file). */
export interface Words {
  readonly categories: readonly Category[];
  readonly titles: readonly string[];
  readonly brands: readonly string[];
  readonly sentences: readonly string[];
}

/** Reads the words. */
export function readWords(): Words {
  const items = [...lines<Item>('seeders/data/dummyjson/products.ndjson')];
  const foods = lines<{ productName: string; supplier: string }>('seeders/data/northwind/products.ndjson');
  const file = gunzipSync(readFileSync(join(ROOT, 'tests/resource/transfer/data/categories.csv.gz')));
  return {
    categories: parse(file, { columns: true }) as Category[],
    titles: unique([...items.map(({ title }) => title), ...foods.map(({ productName }) => productName)]),
    brands: unique([...items.flatMap(({ brand }) => brand ?? []), ...foods.map(({ supplier }) => supplier)]),
    sentences: unique(items.flatMap(({ description }) => description.split(/(?<=[.!?])\s+/))),
  };
}

function lines<T>(path: string): T[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
