import type { ImportRow } from '../../resource/transfer/rows/import-row';
import { slugOf } from '../../resource/write/slug/slug-of';
import type { OptionAxis } from '../groups/option-axes';
import type { ShopifyHeader } from './shopify-header';
import { ShopifyRow } from './shopify-row';

const MAX_SLUG = 220;

/** The group that the rows of a product become variants of. */
export interface TargetGroup {
  readonly name: string;
  readonly options: readonly OptionAxis[];
}

/** The rows of one handle: a product with its variants and images. */
export class ShopifyProduct {
  readonly rows: ShopifyRow[] = [];
  /** The group, once it is written; null for a product without variants. */
  group: TargetGroup | null = null;

  constructor(
    readonly handle: string,
    readonly slug: string,
  ) {}

  /** The row with what concerns all variants. */
  get head(): ShopifyRow {
    return this.rows.find((row) => row.text('title') !== '') ?? (this.rows[0] as ShopifyRow);
  }

  get variants(): readonly ShopifyRow[] {
    return this.rows.filter(({ row, isVariant }) => isVariant && row.outcome !== 'failed');
  }

  /** Whether it has options, so that its rows are variants of a group. */
  get hasOptions(): boolean {
    return this.variants.some(({ axisValues }) => axisValues.some((value) => value !== ''));
  }

  /** Refuses all of its variants, because of what concerns them all. */
  refuse(code: string, message: string): void {
    for (const { row } of this.variants) row.refuse({ pointer: '', code, message });
  }
}

/** Returns the products of a batch of rows, in their order; a row without a handle goes on with the product before it. */
export async function productsOf(rows: readonly ImportRow[], header: ShopifyHeader): Promise<ShopifyProduct[]> {
  const products = new Map<string, ShopifyProduct>();
  let current: ShopifyProduct | undefined;
  for (const row of rows) {
    if (row.outcome) continue;
    const read = new ShopifyRow(row, header);
    const handle = (read.text('handle') || read.text('title')).toLowerCase();
    if (handle !== '') {
      current = products.get(handle) ?? new ShopifyProduct(handle, await slugOf(handle, MAX_SLUG, 'product'));
      products.set(handle, current);
    }
    if (current) current.rows.push(read);
    else row.refuse({ pointer: '/Handle', code: 'required', message: 'The row has no handle, and none is before it' });
  }
  return [...products.values()];
}
