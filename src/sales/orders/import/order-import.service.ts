import type { TxContext } from '../../../context/context';
import type { RowPart, TransferredResource } from '../../../resource/transfer/transferred-resources';
import { writeCredits } from './credits/write-credits';
import { findProducts } from './find-products';
import { onlineRetailLayout } from './online-retail/online-retail-layout';
import { OrderRow } from './order-row';
import { orderRows } from './order-row.resource';
import { writeSales } from './sales/write-sales';

/**
 * Imports orders of the past. They move no stock and no balance. One import writes at a time, so that the credit notes of a file find the
 * orders before them.
 */
export const orderImports: TransferredResource = {
  resource: orderRows,
  hooks: { lockFirst: 'orderImports' },
  layouts: [onlineRetailLayout],
  writeParts: writeOrderRows,
};

async function writeOrderRows(tx: TxContext, parts: readonly RowPart[], mayDefer: boolean): Promise<void> {
  const rows = parts.map((part) => new OrderRow(part));
  for (const row of rows) if (row.values.quantity === 0) row.refuse('quantity', 'zero', 'quantity must not be 0');
  await findProducts(tx, pending(rows), mayDefer);
  await writeSales(
    tx,
    pending(rows).filter(({ values }) => values.quantity > 0),
  );
  await writeCredits(
    tx,
    pending(rows).filter(({ values }) => values.quantity < 0),
    mayDefer,
  );
}

function pending(rows: readonly OrderRow[]): OrderRow[] {
  return rows.filter(({ isPending }) => isPending);
}
