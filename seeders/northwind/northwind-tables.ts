import type { SeedTable } from '../support/seed-table';
import { categoryRow, productRow, skuOf } from './catalogue';
import { customerPerson, employeePerson } from './people';
import { type ProductLabels, sale } from './sales';
import { type Northwind, readNorthwind } from './source';
import { stockMovements } from './stock';

/** Returns the rows of the demo shop in our schema, parents first. */
export function northwindTables(source: Northwind = readNorthwind()): SeedTable[] {
  const labels: ProductLabels = new Map(
    source.products.map(({ productId, productName }) => [productId, { name: productName, sku: skuOf(productId) }]),
  );
  const customerNumbers = new Map(source.customers.map(({ customerId }, index) => [customerId, index + 1]));
  const people = [
    ...source.customers.map((customer, index) => customerPerson(customer, index + 1)),
    ...source.employees.map(employeePerson),
  ];
  const sales = source.orders.map((order) => sale(order, customerNumbers.get(order.customerId) ?? 0, labels));
  return [
    { table: 'users', rows: people.map(({ user }) => user) },
    { table: 'profiles', rows: people.map(({ profile }) => profile) },
    { table: 'user_roles', rows: people.map(({ role }) => role) },
    { table: 'categories', rows: source.categories.map(categoryRow) },
    { table: 'products', rows: source.products.map(productRow) },
    { table: 'orders', rows: sales.map(({ order }) => order) },
    { table: 'order_items', rows: sales.flatMap(({ items }) => items) },
    { table: 'stock_movements', rows: stockMovements(source) },
  ];
}
