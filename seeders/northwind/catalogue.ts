import type { SeedRow } from '../support/seed-table';
import { categoryId, openedAt, productId } from './northwind-ids';
import type { SourceCategory, SourceProduct } from './source';

const opened = openedAt.toISOString();

/** `NW-007` is product 7. */
export function skuOf(productNumber: number): string {
  return `NW-${productNumber.toString().padStart(3, '0')}`;
}

export function categoryRow(category: SourceCategory): SeedRow {
  const id = categoryId(category.categoryId);
  return {
    id,
    name: category.categoryName,
    slug: category.slug,
    description: category.description,
    parent_id: null,
    path: `/${id}/`,
    level: 0,
    created_at: opened,
    updated_at: opened,
  };
}

export function productRow(product: SourceProduct): SeedRow {
  return {
    id: productId(product.productId),
    name: product.productName,
    slug: product.slug,
    sku: skuOf(product.productId),
    brand: product.supplier,
    description: `${product.quantityPerUnit}, from ${product.supplier}`,
    price: product.unitPrice,
    currency: 'USD',
    stock_quantity: product.unitsInStock,
    status: product.discontinued ? 'discontinued' : 'active',
    category_id: categoryId(product.categoryId),
    attributes: {
      quantityPerUnit: product.quantityPerUnit,
      supplier: product.supplier,
      reorderLevel: product.reorderLevel,
      unitsOnOrder: product.unitsOnOrder,
    },
    created_at: opened,
    updated_at: opened,
  };
}
