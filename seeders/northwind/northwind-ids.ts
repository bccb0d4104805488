import { type SeedKind, seedId } from '../support/seed-id';

/**
 * The opening day of the demo shop: the Monday before its first order (Thursday 4 July 1996). The source dates only orders, so the
 * catalogue, people and opening stock have this date.
 */
export const openedAt = new Date('1996-07-01T00:00:00Z');

/** Employees are numbered from 1001, because customers are numbered from 1. */
const firstEmployeeNumber = 1000;

function atOpening(kind: SeedKind, number: number): string {
  return seedId('northwind', kind, number, openedAt);
}

export const categoryId = (number: number): string => atOpening('category', number);
export const productId = (number: number): string => atOpening('product', number);

/** Returns the id of a customer by the alphabetical position of their code (ALFKI is 1, WOLZA is 91). */
export const customerId = (number: number): string => atOpening('user', number);
export const employeeId = (number: number): string => atOpening('user', firstEmployeeNumber + number);

/** Returns the id of a user's profile or role assignment, which has the number of the user. */
export const profileId = (userId: string): string => atOpening('profile', numberOf(userId));
export const userRoleId = (userId: string): string => atOpening('userRole', numberOf(userId));

export const orderId = (number: number, day: string): string => seedId('northwind', 'order', number, new Date(day));

/** Returns the id of an order item by its position from 1: item 2 of order 10248 has the number 1024802. */
export const orderItemId = (order: number, position: number, day: string): string =>
  seedId('northwind', 'orderItem', order * 100 + position, new Date(day));

/** Returns the id of a stock movement: a sale has the number of its order item, an opening movement that of its product. */
export const movementId = (order: number, position: number, day: string): string =>
  seedId('northwind', 'stockMovement', order * 100 + position, new Date(day));
export const openingMovementId = (product: number): string => atOpening('stockMovement', product);

function numberOf(id: string): number {
  return Number(id.slice(-12));
}
