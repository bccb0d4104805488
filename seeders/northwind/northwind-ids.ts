import { type SeedKind, seedId } from '../support/seed-id';

/**
 * The day on which the demo shop opened: the Monday before its first order (Thursday 4 July 1996). The source dates orders
 * and nothing else, so catalogue, people and opening stock are dated with it.
 */
export const openedAt = new Date('1996-07-01T00:00:00Z');

/** Employees are numbered from 1001, so that they never meet customers, who are numbered from 1. */
const firstEmployeeNumber = 1000;

function atOpening(kind: SeedKind, number: number): string {
  return seedId('northwind', kind, number, openedAt);
}

export const categoryId = (number: number): string => atOpening('category', number);
export const productId = (number: number): string => atOpening('product', number);

/** The id of a customer by the place of their code (ALFKI is 1, WOLZA is 91) in alphabetical order. */
export const customerId = (number: number): string => atOpening('user', number);
export const employeeId = (number: number): string => atOpening('user', firstEmployeeNumber + number);

/** The profile and the role assignment of a user carry the user's own number. */
export const profileId = (userId: string): string => atOpening('profile', numberOf(userId));
export const userRoleId = (userId: string): string => atOpening('userRole', numberOf(userId));

export const orderId = (number: number, day: string): string => seedId('northwind', 'order', number, new Date(day));

/** The id of an order's line, by its place in the order (from 1): line 2 of order 10248 has the number 1024802. */
export const orderItemId = (order: number, place: number, day: string): string =>
  seedId('northwind', 'orderItem', order * 100 + place, new Date(day));

/** What a line took from the stock has the line's number; what was there on opening day, the product's. */
export const movementId = (order: number, place: number, day: string): string =>
  seedId('northwind', 'stockMovement', order * 100 + place, new Date(day));
export const openingMovementId = (product: number): string => atOpening('stockMovement', product);

function numberOf(id: string): number {
  return Number(id.slice(-12));
}
