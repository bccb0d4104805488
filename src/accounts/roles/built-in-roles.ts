import type { Permission } from '../../context/permission';

/* The resources that managers may read, write, restore and purge. */
const KEPT_BY_MANAGER = [
  'categories',
  'products',
  'product-groups',
  'images',
  'media',
  'tags',
  'reviews',
  'posts',
  'comments',
  'orders',
  'tax-rates',
  'shipping-methods',
  'discount-codes',
  'carts',
  'addresses',
] as const;

/* Webhooks carry the data of the shop to other places, so that only administrators write them. */
type EditedResource = 'users' | 'roles' | 'webhooks' | (typeof KEPT_BY_MANAGER)[number];

/** Every permission that an endpoint may require. */
export type KnownPermission =
  | `${EditedResource}:${'read' | 'write' | 'restore' | 'purge'}`
  | `orders:${'place' | 'pay' | 'ship' | 'complete' | 'cancel' | 'return' | 'refund'}`
  | `balance:${'read' | 'credit'}`
  | `stock:${'read' | 'write'}`
  | `prices:${'read' | 'write'}`
  | `payments:${'read' | 'write'}`
  | 'roles:assign'
  | `audit-logs:${'read' | 'reveal'}`
  | 'events:read'
  | `invariants:${'read' | 'repair'}`
  | 'health:read'
  | 'imports:read';

/** A permission, or a wildcard over resources, actions or both. */
export type Grant = KnownPermission | '*:*' | '*:read' | `${EditedResource | 'balance' | 'stock' | 'prices' | 'payments'}:*`;

export type RoleName = 'admin' | 'manager' | 'support' | 'customer' | 'auditor';

export interface BuiltInRole {
  readonly name: RoleName;
  readonly description: string;
  readonly permissions: readonly (Grant & Permission)[];
}

/**
 * The roles that every shop starts with, each with the least privilege for its work. Users need no permission for their own account,
 * orders and balance.
 */
export const builtInRoles: readonly BuiltInRole[] = [
  { name: 'admin', description: 'Runs the shop: may do everything.', permissions: ['*:*'] },
  {
    name: 'manager',
    description: 'Keeps the catalogue, the stock and the orders, and credits customers.',
    permissions: [
      ...KEPT_BY_MANAGER.map((name) => `${name}:*` as const),
      'stock:*',
      'prices:*',
      'payments:*',
      'balance:*',
      'events:read',
      // To look up customers; only administrators manage staff and roles.
      'users:read',
    ],
  },
  {
    name: 'support',
    description: 'Helps customers: looks up people and orders, cancels and refunds, moderates reviews and comments.',
    // Not audit-logs:read: the log shows every table, far more than one customer's data.
    permissions: [
      'users:read',
      'orders:read',
      'orders:cancel',
      'orders:return',
      'orders:refund',
      'balance:read',
      'payments:read',
      'reviews:read',
      'reviews:write',
      'comments:read',
      'comments:write',
    ],
  },
  { name: 'customer', description: 'Buys, and sees and changes what is their own.', permissions: [] },
  { name: 'auditor', description: 'Reads everything, the audit log included, and changes nothing.', permissions: ['*:read'] },
];

/** Returns whether this is the name of a built-in role. */
export function isBuiltIn(name: string): boolean {
  return builtInRoles.some((role) => role.name === name);
}
