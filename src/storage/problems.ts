import { problemType } from '../problems/problem';

export const storageUnavailable = problemType('storage_unavailable', 503, 'Storage unavailable');
export const storageFull = problemType('storage_full', 507, 'Storage full');
