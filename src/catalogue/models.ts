import type { Sequelize } from 'sequelize';
import { Category, registerCategory } from './categories/category.model';
import { ProductImage, registerProductImage } from './images/product-image.model';
import { Product, registerProduct } from './products/product.model';
import { ProductTag, registerProductTag } from './tags/product-tag.model';
import { registerTag, Tag } from './tags/tag.model';

/** The audited models of the catalogue. */
export const auditedCatalogue = [Category, Product, ProductImage, Tag, ProductTag] as const;

/** Registers the tables of the catalogue. */
export function registerCatalogue(sequelize: Sequelize): void {
  for (const register of [registerCategory, registerProduct, registerProductImage, registerTag, registerProductTag]) register(sequelize);
}

/** Ties them together, once every domain has registered its own. */
export function associateCatalogue(): void {
  Category.belongsTo(Category, { as: 'parent', foreignKey: 'parentId' });
  Category.hasMany(Category, { as: 'children', foreignKey: 'parentId' });
  Product.belongsTo(Category, { as: 'category', foreignKey: 'categoryId' });
  Category.hasMany(Product, { as: 'products', foreignKey: 'categoryId' });
  Product.hasMany(ProductImage, { as: 'images', foreignKey: 'productId' });
  ProductImage.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
  Product.belongsToMany(Tag, { as: 'tags', through: ProductTag, foreignKey: 'productId', otherKey: 'tagId' });
  Tag.belongsToMany(Product, { as: 'products', through: ProductTag, foreignKey: 'tagId', otherKey: 'productId' });
}
