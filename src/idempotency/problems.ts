import { problemType } from '../problems/problem';

export const requestInProgress = problemType('request_in_progress', 409, 'Request in progress');
export const idempotencyKeyReused = problemType('idempotency_key_reused', 422, 'Idempotency key reused');
export const idempotencyKeyRequired = problemType('idempotency_key_required', 428, 'Idempotency key required');
