import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { Decimal } from 'decimal.js';

/** The sums of some rows. */
export interface Sums {
  readonly rows: number;
  readonly quantity: number;
  readonly amount: string;
}

/** The sums by month, country and kind: what was sold, and what was refunded or corrected. */
export type Books = ReadonlyMap<string, Sums>;

/** Returns the sums of a file of Online Retail, without any rule of the import. */
export async function booksOf(file: Readable): Promise<Books> {
  const books = new Map<string, Sums>();
  for await (const row of file.pipe(parse({ columns: true, bom: true }))) {
    const { Quantity, UnitPrice, InvoiceDate, Country } = row as Record<string, string>;
    const quantity = Number(Quantity);
    const key = `${String(InvoiceDate).slice(0, 7)} ${Country} ${quantity > 0 ? 'sold' : 'refunded'}`;
    add(books, key, { rows: 1, quantity, amount: new Decimal(String(UnitPrice)).times(quantity).toFixed() });
  }
  return books;
}

/** Returns the sums of all. */
export function totalOf(books: Books): Readonly<Record<string, Sums>> {
  const totals = new Map<string, Sums>();
  for (const [key, sums] of books) add(totals, key.slice(key.lastIndexOf(' ') + 1), sums);
  return Object.fromEntries(totals);
}

/** Returns the keys whose quantity or amount in the whole is not that of the parts together. */
export function difference(whole: Books, parts: readonly Books[]): readonly string[] {
  const together = new Map<string, Sums>();
  for (const part of parts) for (const [key, sums] of part) add(together, key, sums);
  return [...new Set([...whole.keys(), ...together.keys()])].filter((key) => {
    const [one, other] = [whole.get(key), together.get(key)];
    return one?.quantity !== other?.quantity || !new Decimal(one?.amount ?? 0).equals(other?.amount ?? 0);
  });
}

function add(books: Map<string, Sums>, key: string, { rows, quantity, amount }: Sums): void {
  const { rows: before, quantity: pieces, amount: sum } = books.get(key) ?? { rows: 0, quantity: 0, amount: '0' };
  books.set(key, { rows: before + rows, quantity: pieces + quantity, amount: new Decimal(sum).plus(amount).toFixed() });
}
