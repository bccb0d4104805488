import { ResourceService } from '../../resource/resource.service';
import { payments } from './payment.resource';

export { paymentSignature } from './providers/payment-providers';
export { takeMessage } from './receiving/take-message';
export { resolvePayment } from './resolving/resolve-payment';
export { rowsOfResolution } from './resolving/rows-of-resolution.queries';

/** Lists and reads payments; the functions above write them. */
export const paymentService = new ResourceService(payments);
