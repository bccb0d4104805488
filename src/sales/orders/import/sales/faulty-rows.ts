import { Decimal } from 'decimal.js';
import type { OrderRow } from '../order-row';
import { MAX_LINE_PIECES } from '../order-row.resource';

/** Refuses rows of one order that cannot be lines of it; `currency` is that of the order, if it is there already. */
export function refuseFaultyRows(rows: readonly OrderRow[], currency: string | undefined): void {
  const [head] = rows;
  if (!head) return;
  const pieces = rows.reduce((sum, { values }) => sum + values.quantity, 0);
  for (const row of rows) {
    const { values } = row;
    const { discount, unitPrice, quantity, tax, taxRate, orderNumber } = values;
    if (values.currency !== (currency ?? head.values.currency))
      row.refuse('currency', 'other_currency', `The order ${orderNumber} is in ${currency ?? head.values.currency}`);
    for (const name of ['customerNumber', 'email', 'pricesIncludeTax'] as const)
      if ((values[name] ?? null) !== (head.values[name] ?? null))
        row.refuse(name, 'differs_within_order', `${name} must be the same in each row of the order ${orderNumber}`);
    if (new Decimal(unitPrice).times(quantity).lessThan(discount))
      row.refuse('discount', 'too_large', 'discount must be at most quantity × unitPrice');
    if (Number(tax) > 0 && taxRate == null) row.refuse('taxRate', 'required', 'taxRate is required where there is tax');
    if (pieces > MAX_LINE_PIECES) row.refuse('quantity', 'too_large', `An order has at most ${MAX_LINE_PIECES} pieces`);
  }
}
