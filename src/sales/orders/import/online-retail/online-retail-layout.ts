import type { TxContext } from '../../../../context/context';
import type { FileRow } from '../../../../resource/transfer/file/file-row';
import type { FileLayout, LayoutReader } from '../../../../resource/transfer/layouts/file-layout';
import { invalidFile } from '../../../../resource/transfer/problems';
import type { ImportRow } from '../../../../resource/transfer/rows/import-row';
import { addressIn } from './address-in';

const COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'] as const;

type Column = (typeof COLUMNS)[number];

/** The marketplace's fees, which nobody bought. */
const NOT_SOLD = new Set(['AMAZONFEE']);

/** The Online Retail data set of UCI: a row per line of an invoice of 2010 and 2011, in pounds. */
export const onlineRetailLayout: FileLayout = {
  name: 'online-retail',
  title: 'the Online Retail data set of UCI',
  description:
    'online-retail: the Online Retail data set of UCI (CC BY 4.0) as CSV. Invoices become completed orders of guests in GBP, with times in UTC; rows of cancellations (C…) become refunds of the earlier order that they match. A row whose SKU is unknown creates a discontinued product of its description.',
  matches: (header) => COLUMNS.every((name) => header.includes(name)),
  reader: (header) => new OnlineRetailReader(header),
};

class OnlineRetailReader implements LayoutReader {
  readonly ignoredColumns: readonly string[];
  readonly #at: ReadonlyMap<string, number>;

  constructor(header: readonly string[]) {
    this.#at = new Map(header.map((name, at) => [name, at]));
    this.ignoredColumns = header.filter((name) => !(COLUMNS as readonly string[]).includes(name) && name !== '_problem');
    const missing = COLUMNS.filter((name) => !this.#at.has(name));
    if (missing.length === 0) return;
    const message = `The columns ${missing.join(', ')} of Online Retail are missing`;
    throw invalidFile.because(`${message}. Nothing was imported.`, {
      errors: [{ pointer: `/${missing[0]}`, code: 'missing_column', message }],
    });
  }

  continues(raw: FileRow['raw'], before: FileRow['raw']): boolean {
    return this.#text(raw, 'InvoiceNo') === this.#text(before, 'InvoiceNo');
  }

  async complete(_tx: TxContext, rows: readonly ImportRow[]): Promise<() => Promise<void>> {
    for (const row of rows) if (row.outcome === null) this.#complete(row);
    return async () => undefined;
  }

  #complete(row: ImportRow): void {
    const text = (column: Column) => this.#text(row.source.raw, column);
    const number = text('InvoiceNo').toUpperCase();
    const quantity = Number(text('Quantity'));
    const reason = notSold(number, text('StockCode').toUpperCase(), quantity);
    if (reason) row.refuse({ pointer: '', code: 'not_a_sale', message: reason });
    if (text('UnitPrice').startsWith('-'))
      row.refuse({ pointer: '/UnitPrice', code: 'negative_price', message: 'A negative price is no sale' });
    if (row.outcome) return;
    const values = {
      orderNumber: number,
      placedAt: `${text('InvoiceDate').replace(' ', 'T')}Z`,
      customerNumber: text('CustomerID').replace(/\.0$/, '') || null,
      currency: 'GBP',
      sku: text('StockCode'),
      productName: text('Description') || null,
      quantity: text('Quantity'),
      unitPrice: text('UnitPrice'),
      shippingAddress: addressIn(text('Country')),
    };
    for (const [name, value] of Object.entries(values)) row.given.set(name, value);
  }

  #text(raw: FileRow['raw'], column: Column): string {
    const cell = raw[this.#at.get(column) ?? -1] ?? '';
    return cell.normalize('NFC').trim();
  }
}

function notSold(number: string, sku: string, quantity: number): string | null {
  if (number.startsWith('A')) return `${number} adjusts bad debt and sells nothing`;
  if (NOT_SOLD.has(sku)) return `${sku} is a fee that the shop pays`;
  if (quantity < 0 && !number.startsWith('C')) return 'Goods that were written off or corrected were sold to nobody';
  return null;
}
