import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const ROWS_AT_ONCE = 1_000;

/** Writes a compressed CSV file of so many products, with a quoted cell and a description each; returns its bytes before compression. */
export async function writeProducts(path: string, rows: number): Promise<number> {
  const gzip = createGzip({ level: 1 });
  const file = createWriteStream(path);
  gzip.pipe(file);
  const header = 'sku,name,price,currency,stockQuantity,status,brand,description\n';
  gzip.write(header);
  let bytes = header.length;
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const text = Array.from({ length: Math.min(ROWS_AT_ONCE, rows - from) }, (_, at) => productLine(from + at)).join('');
    bytes += Buffer.byteLength(text);
    if (!gzip.write(text)) await once(gzip, 'drain');
  }
  gzip.end();
  await finished(file);
  return bytes;
}

function productLine(n: number): string {
  const price = ((n % 90_000) / 100 + 1).toFixed(2);
  return `BULK-${n},"Product, number ${n}",${price},USD,${n % 50},active,Brand ${n % 500},A description as long as most of them are ${n}\n`;
}
