import type { ImportRow } from '../../resource/transfer/rows/import-row';
import { trimmed } from '../../schema/text';
import type { ShopifyColumn, ShopifyHeader } from './shopify-header';

const AXES = [
  ['option1Name', 'option1Value'],
  ['option2Name', 'option2Value'],
  ['option3Name', 'option3Value'],
] as const;

/** What Shopify has in the place of the option of a product without variants. */
const NO_OPTION = 'Default Title';

/** A row of Shopify's file: a variant, an image, or both. */
export class ShopifyRow {
  constructor(
    readonly row: ImportRow,
    private readonly header: ShopifyHeader,
  ) {}

  /** Returns the text of a cell, empty where there is none. */
  text(column: ShopifyColumn): string {
    return textAt(this.header, this.row.source.raw as readonly string[], column);
  }

  /** Returns whether the file has the column. */
  has(column: ShopifyColumn): boolean {
    return this.header.at.has(column);
  }

  /** The names of the options, which only the first row of a product has; brackets, which no name may have here, become parentheses. */
  get axisNames(): readonly string[] {
    return AXES.map(([name]) => this.text(name).replaceAll('[', '(').replaceAll(']', ')'));
  }

  /** The values of the options, none for a product without variants. */
  get axisValues(): readonly string[] {
    const values = AXES.map(([, value]) => this.text(value));
    return values[0] === NO_OPTION ? ['', '', ''] : values;
  }

  /** Whether it is one to be sold; else it is an image alone. */
  get isVariant(): boolean {
    return this.text('title') !== '' || this.text('sku') !== '' || this.text('price') !== '' || this.text('option1Value') !== '';
  }
}

/** Returns the text of a cell as it is stored: trimmed and in NFC. */
export function textAt({ at }: ShopifyHeader, cells: readonly string[], column: ShopifyColumn): string {
  const index = at.get(column);
  return index === undefined ? '' : trimmed((cells[index] ?? '').normalize('NFC'));
}
