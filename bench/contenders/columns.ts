/* The members that every contender returns, by their columns: those of Storekeeper's representations. */

const STAMPS = 'version created_at updated_at deleted_at';
const PRODUCT =
  'id name slug sku gtin brand model description price currency regular_price prior_price on_sale_until tax_class weight_grams stock_quantity in_stock ' +
  `status featured view_count rating review_count category_id group_id option_values image_url attributes product_safety ${STAMPS}`;

export const COLUMNS = {
  product: PRODUCT.split(' '),
  category: `id name slug description parent_id path level position ${STAMPS}`.split(' '),
  image: `id product_id group_id url media_id variants alt_text display_order ${STAMPS}`.split(' '),
  tag: `id name slug ${STAMPS}`.split(' '),
} as const;

/** Returns a column's member name: snake_case to camelCase. */
export const memberOf = (column: string) => column.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

/* What a product without a sale costs regularly, and what an image of a URL has no variants of. */
const EXPRESSIONS: Readonly<Record<string, (alias: string) => string>> = {
  regular_price: (alias) => `coalesce(${alias}.regular_price, ${alias}.price)`,
  variants: () => `'[]'::json`,
};

/** Returns the select list of a kind, each column under its member's name. */
export const selectList = (kind: keyof typeof COLUMNS, alias: string) =>
  COLUMNS[kind].map((column) => `${EXPRESSIONS[column]?.(alias) ?? `${alias}.${column}`} AS "${memberOf(column)}"`).join(', ');
