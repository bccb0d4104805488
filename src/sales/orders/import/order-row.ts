import type { ImportRow } from '../../../resource/transfer/rows/import-row';
import type { RowPart } from '../../../resource/transfer/transferred-resources';

/** The validated values of a row of an import of orders. */
export interface OrderValues {
  readonly orderNumber: string;
  readonly placedAt: string;
  readonly status: 'paid' | 'shipped' | 'completed' | 'cancelled';
  readonly email?: string | null;
  readonly customerNumber?: string | null;
  readonly currency: string;
  readonly sku: string;
  readonly productName?: string | null;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly discount: string;
  readonly tax: string;
  readonly taxRate?: number | null;
  readonly pricesIncludeTax: boolean;
  readonly shipping: string;
  readonly shippingAddress?: Record<string, unknown> | null;
}

/** A row of an import of orders, and its product once that is known. */
export class OrderRow {
  readonly values: OrderValues;
  product: SoldProduct | null = null;

  constructor({ row, values }: RowPart) {
    this.row = row;
    this.values = values as unknown as OrderValues;
  }

  readonly row: ImportRow;

  /** Whether nothing has become of it yet. */
  get isPending(): boolean {
    return this.row.outcome === null;
  }

  /** Refuses the row; `column` is empty where it is the whole row. */
  refuse(column: string, code: string, message: string): void {
    this.row.refuse({ pointer: column && `/${column}`, code, message });
  }
}

/** What a line keeps of its product. */
export interface SoldProduct {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
}

/** Returns the rows in groups of one key, in their order. */
export function grouped(rows: readonly OrderRow[], keyOf: (row: OrderRow) => string): ReadonlyMap<string, OrderRow[]> {
  const groups = new Map<string, OrderRow[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
