import { DataTypes, type Model, type ModelAttributes, Sequelize } from 'sequelize';
import { COLUMNS, memberOf } from './columns';
import { POOL_SIZE } from './requests';

/* The tables of the schema `plain` as ordinary models. */

export const sequelize = new Sequelize(String(process.env.MIGRATION_DATABASE_URL), {
  dialect: 'postgres',
  logging: false,
  pool: { max: POOL_SIZE },
  dialectOptions: { options: '-c search_path=plain,public' },
  define: { underscored: true },
});

const { UUID, UUIDV4, TEXT, INTEGER, BIGINT, BOOLEAN, DATE, JSONB } = DataTypes;
const MONEY = DataTypes.DECIMAL(12, 2);
const TYPES: Readonly<Record<string, ModelAttributes[string]>> = {
  id: { type: UUID, primaryKey: true, defaultValue: UUIDV4 },
  attributes: JSONB,
  option_values: JSONB,
  product_safety: JSONB,
  price: MONEY,
  prior_price: MONEY,
  regular_price: { type: MONEY, get: regularPrice },
  variants: { type: DataTypes.VIRTUAL, get: () => [] },
  on_sale_until: DATE,
  featured: BOOLEAN,
  in_stock: BOOLEAN,
  rating: DataTypes.DECIMAL(3, 2),
  view_count: BIGINT,
  created_at: DATE,
  updated_at: DATE,
  deleted_at: DATE,
};
const NUMBERS = /^(version|level|display_order|review_count|stock_quantity|weight_grams|position)$/;

/* What a product without a sale costs regularly. */
function regularPrice(this: Model) {
  return this.getDataValue('regularPrice') ?? this.getDataValue('price');
}

function attributesOf(kind: keyof typeof COLUMNS): ModelAttributes {
  const typeOf = (column: string) => TYPES[column] ?? (NUMBERS.test(column) ? INTEGER : column.endsWith('_id') ? UUID : TEXT);
  return Object.fromEntries(COLUMNS[kind].map((column) => [memberOf(column), typeOf(column)]));
}

const define = (kind: keyof typeof COLUMNS, tableName: string) => sequelize.define(kind, attributesOf(kind), { tableName, paranoid: true });

export const Product = define('product', 'products');
export const Category = define('category', 'categories');
export const Image = define('image', 'product_images');
export const Tag = define('tag', 'tags');
const ProductTag = sequelize.define(
  'productTag',
  { id: { type: UUID, primaryKey: true, defaultValue: UUIDV4 } },
  { tableName: 'product_tags' },
);

Product.belongsTo(Category, { as: 'category', foreignKey: 'categoryId' });
Product.hasMany(Image, { as: 'images', foreignKey: 'productId' });
Product.belongsToMany(Tag, { as: 'tags', through: ProductTag, foreignKey: 'productId', otherKey: 'tagId' });

const key = { type: UUID, primaryKey: true, defaultValue: UUIDV4 };

export const Order = sequelize.define(
  'order',
  {
    id: key,
    orderNumber: TEXT,
    userId: UUID,
    status: { type: TEXT, defaultValue: 'pending' },
    paymentMethod: { type: TEXT, defaultValue: 'external' },
    subtotal: MONEY,
    total: MONEY,
    placedAt: { type: DATE, defaultValue: DataTypes.NOW },
  },
  { tableName: 'orders' },
);

export const OrderItem = sequelize.define(
  'orderItem',
  { id: key, orderId: UUID, productId: UUID, productName: TEXT, sku: TEXT, quantity: INTEGER, unitPrice: MONEY, subtotal: MONEY },
  { tableName: 'order_items' },
);

export const StockMovement = sequelize.define(
  'stockMovement',
  { id: key, productId: UUID, delta: INTEGER, reason: { type: TEXT, defaultValue: 'order' }, orderId: UUID, quantityAfter: INTEGER },
  { tableName: 'stock_movements', updatedAt: false },
);
