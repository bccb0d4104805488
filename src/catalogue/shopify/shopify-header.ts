import { invalidFile } from '../../resource/transfer/problems';

/* The columns of Shopify's product CSV that have a place here, in the older and the newer template:
 * https://help.shopify.com/en/manual/products/import-export/using-csv */
const NAMES = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  description: ['body (html)', 'description'],
  vendor: ['vendor'],
  type: ['type'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  option1Name: ['option1 name'],
  option1Value: ['option1 value'],
  option2Name: ['option2 name'],
  option2Value: ['option2 value'],
  option3Name: ['option3 name'],
  option3Value: ['option3 value'],
  sku: ['variant sku', 'sku'],
  barcode: ['variant barcode', 'barcode'],
  grams: ['variant grams', 'weight value (grams)'],
  quantity: ['variant inventory qty', 'inventory quantity'],
  price: ['variant price', 'price'],
  compareAtPrice: ['variant compare at price', 'compare-at price', 'compare at price'],
  imageUrl: ['image src', 'product image url'],
  imagePosition: ['image position'],
  imageAltText: ['image alt text'],
  variantImageUrl: ['variant image', 'variant image url'],
} as const;

export type ShopifyColumn = keyof typeof NAMES;

/** Where the columns of a file are. */
export interface ShopifyHeader {
  readonly at: ReadonlyMap<ShopifyColumn, number>;
  /** Those that have no place here. */
  readonly ignored: readonly string[];
}

/** Returns the columns of a header; throws `invalid_file` (422) where none tells the products apart. */
export function shopifyHeader(header: readonly string[]): ShopifyHeader {
  const { at, ignored } = located(header);
  if (at.has('handle') || at.has('title')) return { at, ignored: ignored.filter((name) => name !== '_problem') };
  const message = 'The columns "Handle", "URL handle" and "Title" of a Shopify product CSV are missing';
  throw invalidFile.because(`${message}. Nothing was imported.`, { errors: [{ pointer: '/Handle', code: 'missing_column', message }] });
}

/** Returns whether a header has a product's handle beside its price or options, as that of Shopify does. */
export function isShopifyHeader(header: readonly string[]): boolean {
  const { at } = located(header);
  return at.has('handle') && (at.has('price') || at.has('option1Name'));
}

const COLUMNS: ReadonlyMap<string, ShopifyColumn> = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column as ShopifyColumn])),
);

function located(header: readonly string[]): { readonly at: ReadonlyMap<ShopifyColumn, number>; readonly ignored: readonly string[] } {
  const at = new Map<ShopifyColumn, number>();
  const ignored: string[] = [];
  for (const [index, name] of header.entries()) {
    const column = COLUMNS.get(name.trim().toLowerCase().replace(/\s+/g, ' '));
    if (column === undefined || at.has(column)) ignored.push(name);
    else at.set(column, index);
  }
  return { at, ignored };
}
