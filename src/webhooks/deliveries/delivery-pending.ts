import { problemType } from '../../problems/problem';

/** The problem of a delivery that is still to be sent. */
export const deliveryPending = problemType('delivery_pending', 409, 'Delivery pending');
