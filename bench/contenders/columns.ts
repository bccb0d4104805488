/* The members that every contender returns, by their columns: those of Storekeeper's representations. */

const STAMPS = 'version created_at updated_at deleted_at';
const PRODUCT =
  'id name slug sku brand model description price currency stock_quantity in_stock status featured view_count rating review_count ' +
  `category_id image_url attributes ${STAMPS}`;

export const COLUMNS = {
  product: PRODUCT.split(' '),
  category: `id name slug description parent_id path level ${STAMPS}`.split(' '),
  image: `id product_id url alt_text display_order ${STAMPS}`.split(' '),
  tag: `id name slug ${STAMPS}`.split(' '),
} as const;

/** Returns a column's member name: snake_case to camelCase. */
export const memberOf = (column: string) => column.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** Returns the select list of a kind, each column under its member's name. */
export const selectList = (kind: keyof typeof COLUMNS, alias: string) =>
  COLUMNS[kind].map((column) => `${alias}.${column} AS "${memberOf(column)}"`).join(', ');
