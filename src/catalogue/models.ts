import type { Sequelize } from 'sequelize';
import { associateCategory, Category, registerCategory } from './categories/category.model';
import { associateProductGroup, ProductGroup, registerProductGroup } from './groups/product-group.model';
import { associateProductImage, ProductImage, registerProductImage } from './images/product-image.model';
import { registerUnusedMedium } from './media/clean-up/unused-medium.model';
import { Medium, registerMedium } from './media/medium.model';
import { associatePriceEntry, PriceEntry, registerPriceEntry } from './prices/price-entry.model';
import { associateProduct, Product, registerProduct } from './products/product.model';
import { registerViewRefresh } from './products/statistics/refresh/view-refresh.model';
import { registerProductView } from './products/views/product-view.model';
import { associateReview, Review, registerReview } from './reviews/review.model';
import { ProductTag, registerProductTag } from './tags/product-tag.model';
import { associateTag, registerTag, Tag } from './tags/tag.model';

/** The audited models of the catalogue. */
export const auditedCatalogue = [Category, Product, ProductImage, Medium, Tag, ProductTag, ProductGroup, Review, PriceEntry] as const;

/** Registers the models of the catalogue. */
export function registerCatalogue(sequelize: Sequelize): void {
  for (const register of [
    registerCategory,
    registerProduct,
    registerProductImage,
    registerMedium,
    registerUnusedMedium,
    registerTag,
    registerProductTag,
    registerProductGroup,
    registerReview,
    registerProductView,
    registerPriceEntry,
    registerViewRefresh,
  ])
    register(sequelize);
}

/** Associates the models of the catalogue, once every domain has registered its own. */
export function associateCatalogue(): void {
  for (const associate of [
    associateCategory,
    associateProduct,
    associateProductImage,
    associateTag,
    associateProductGroup,
    associateReview,
    associatePriceEntry,
  ])
    associate();
}
