import type { Endpoint } from '../../../http/endpoint';
import { importEndpoint } from '../../../resource/transfer/transfer-endpoints';
import { orderImports } from './order-import.service';

/** The endpoint that imports orders of the past. */
export const orderImportEndpoints: readonly Endpoint[] = [
  importEndpoint(
    orderImports,
    'Imports orders of the past, a row per line of an order, with their dates and states; the orders are those of guests, and move neither stock nor balance. A row with a quantity below 0 is one of a credit note: a refund of the latest earlier order of the same customerNumber (or email) that has the product at the price. The orderNumber tells orders apart: a file that is sent again changes nothing, and lines that an imported order lacks are added to it. Rows that break a rule are left out, and listed. created, updated and unchanged count rows. All that is written is one change set.',
  ),
];
