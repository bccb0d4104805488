import { seedId } from '../support/seed-id';
import type { SeedRow, SeedTable } from '../support/seed-table';
import { readProducts, type SourceProduct } from './source';

/** The date of every row, which is within a millisecond of the source's. */
const madeAt = new Date('2025-04-30T09:41:02.053Z');
const times = { created_at: madeAt.toISOString(), updated_at: madeAt.toISOString() };

type Kind = 'category' | 'product' | 'image' | 'tag' | 'productTag';

/** Returns the id of a row of the second shop, by its number: a product's own, else its position (see the functions below). */
export function dummyjsonId(kind: Kind, number: number): string {
  return seedId('dummyjson', kind, number, madeAt);
}

/** Returns the rows of the second shop, parents first: categories and tags are numbered alphabetically, products by their id. */
export function dummyjsonTables(): SeedTable[] {
  const products = readProducts();
  const categories = [...new Set(products.map(({ category }) => category))].sort();
  const tags = [...new Set(products.flatMap((product) => product.tags))].sort();
  return [
    { table: 'categories', rows: categories.map((slug, index) => categoryRow(slug, index + 1)) },
    { table: 'tags', rows: tags.map((name, index) => tagRow(name, index + 1)) },
    { table: 'products', rows: products.map((product) => productRow(product, categories.indexOf(product.category) + 1)) },
    { table: 'product_images', rows: products.flatMap(imageRows) },
    { table: 'product_tags', rows: products.flatMap((product) => productTagRows(product, tags)) },
  ];
}

/** Returns the name of a category, of which the source has the slug only: `mens-watches` becomes "Mens Watches". */
function categoryRow(slug: string, number: number): SeedRow {
  const name = slug.replaceAll('-', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const id = dummyjsonId('category', number);
  return { id, name, slug, parent_id: null, path: `/${id}/`, level: 0, ...times };
}

function tagRow(name: string, number: number): SeedRow {
  const slug = name.replaceAll("'", '').replaceAll(' ', '-');
  return { id: dummyjsonId('tag', number), name, slug, ...times };
}

function productRow(product: SourceProduct, category: number): SeedRow {
  return {
    id: dummyjsonId('product', product.id),
    name: product.title,
    slug: product.slug,
    sku: product.sku,
    brand: product.brand,
    description: product.description,
    price: product.price,
    currency: 'USD',
    stock_quantity: product.stock,
    status: 'active',
    category_id: dummyjsonId('category', category),
    image_url: product.thumbnail,
    attributes: {
      weight: product.weight,
      dimensions: product.dimensions,
      warranty: product.warrantyInformation,
      shipping: product.shippingInformation,
      returnPolicy: product.returnPolicy,
      minimumOrderQuantity: product.minimumOrderQuantity,
      discountPercentage: product.discountPercentage,
      barcode: product.barcode,
    },
    ...times,
  };
}

/** Returns the images of a product, numbered by product and position: 1002 is the second image of product 10. */
function imageRows(product: SourceProduct): SeedRow[] {
  return product.images.map((url, index) => ({
    id: dummyjsonId('image', product.id * 100 + index + 1),
    product_id: dummyjsonId('product', product.id),
    url,
    alt_text: product.title,
    display_order: index,
    ...times,
  }));
}

function productTagRows(product: SourceProduct, tags: readonly string[]): SeedRow[] {
  return product.tags.map((name, index) => ({
    id: dummyjsonId('productTag', product.id * 100 + index + 1),
    product_id: dummyjsonId('product', product.id),
    tag_id: dummyjsonId('tag', tags.indexOf(name) + 1),
    ...times,
  }));
}
