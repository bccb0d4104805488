import express from 'express';
import { Op, type OrderItem as SortKey } from 'sequelize';
import { afterOf, newOrder, type OrderRequest, PAGE_SIZE, placeOf } from './requests';
import { Category, Image, Order, OrderItem, Product, StockMovement, sequelize, Tag } from './sequelize-models';

/* (c): Express 5 and Sequelize 6 in the ordinary way: findByPk and findAll with includes, a managed transaction with saves. */

const RELATED_ORDER: SortKey[] = [
  [{ model: Image, as: 'images' }, 'displayOrder', 'ASC'],
  [{ model: Tag, as: 'tags' }, 'name', 'ASC'],
];
const RELATED = [
  { model: Category, as: 'category' },
  { model: Image, as: 'images' },
  { model: Tag, as: 'tags', through: { attributes: [] } },
];

interface SoldProduct {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  readonly price: string;
  readonly stockQuantity: number;
}

const app = express();

app.get('/products/:id', async (req, res) => {
  const product = await Product.findByPk(req.params.id, { include: RELATED, order: RELATED_ORDER });
  res.status(product ? 200 : 404).json(product);
});

app.get('/products', async (req, res) => {
  const place = placeOf(req.query.after as string | undefined);
  const [createdAt, id] = place ?? [];
  const rows = await Product.findAll({
    where: { status: 'active', ...(place && { [Op.or]: [{ createdAt: { [Op.lt]: createdAt } }, { createdAt, id: { [Op.lt]: id } }] }) },
    include: RELATED,
    order: [['createdAt', 'DESC'], ['id', 'DESC'], ...RELATED_ORDER],
    limit: PAGE_SIZE + 1,
  });
  const data = rows.slice(0, PAGE_SIZE);
  const last = data.map((row) => row.get() as { createdAt: Date; id: string });
  res.json({ data, pagination: { limit: PAGE_SIZE, hasNext: rows.length > PAGE_SIZE, nextCursor: afterOf(last) } });
});

app.post('/orders', express.json(), async (req, res) => {
  const { userId, items } = req.body as OrderRequest;
  const wanted = [...items].sort((a, b) => (a.productId < b.productId ? -1 : 1));
  const placed = await sequelize.transaction(async (transaction) => {
    const { id, number } = newOrder();
    const lines: object[] = [];
    const products = [];
    let total = 0;
    for (const { productId, quantity } of wanted) {
      const product = await Product.findByPk(productId, { transaction, lock: true });
      if (!product || Number(product.get('stockQuantity')) < quantity) return null;
      await product.decrement('stockQuantity', { by: quantity, transaction });
      total += Math.round(Number(product.get('price')) * 100) * quantity;
      products.push({ product, quantity });
    }
    const order = await Order.create(
      { id, orderNumber: number, userId, subtotal: (total / 100).toFixed(2), total: (total / 100).toFixed(2) },
      { transaction },
    );
    for (const { product, quantity } of products) {
      const { id: productId, name: productName, sku, price, stockQuantity } = product.get() as SoldProduct;
      const subtotal = (Number(price) * quantity).toFixed(2);
      lines.push(
        await OrderItem.create({ orderId: id, productId, productName, sku, quantity, unitPrice: price, subtotal }, { transaction }),
      );
      await StockMovement.create({ productId, delta: -quantity, orderId: id, quantityAfter: stockQuantity - quantity }, { transaction });
    }
    return { ...order.toJSON(), items: lines };
  });
  res.status(placed ? 201 : 409).json(placed);
});

app.listen(Number(process.env.PORT), '127.0.0.1');
