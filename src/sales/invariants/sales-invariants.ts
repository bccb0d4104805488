import type { Invariant } from '../../audit/invariant';
import { ledgerInvariants } from './ledger-invariants';
import { orderInvariants } from './order-invariants';

/** The invariants of sales. */
export const salesInvariants: readonly Invariant[] = [...ledgerInvariants, ...orderInvariants];
