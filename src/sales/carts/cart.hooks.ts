import type { LockedWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { cartNotOpen } from '../problems';
import type { Cart } from './cart.model';
import { requireOwnCart } from './cart.policy';
import { requireHolding } from './creation/require-holding';

/** The write hooks of carts: their buyers and staff with `carts:write` change open ones, and take only a code and a shipping method that hold for them. */
export const cartHooks: WriteHooks = {
  authorize: (tx, writes) => {
    for (const write of writes) {
      write.check(() => requireOwnCart(tx, write.row as Cart));
      requireOpen(write);
    }
  },
  afterWrite: (tx, writes) => requireHolding(tx, writes),
};

/** Returns the problem of a cart that changes no more. */
export function notOpen(status: string) {
  return cartNotOpen.because(`The cart is ${status} and changes no more. Make a new one with POST /v1/carts.`);
}

function requireOpen(write: LockedWrite): void {
  const status = write.row.get('status');
  if (status !== 'open' && !(write.operation === 'delete' && status === 'abandoned')) write.refuse(notOpen(String(status)));
}
