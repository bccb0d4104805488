export type { BulkResult } from './bulk-result';
export { createMany } from './create-many';
export { deleteMany, restoreMany } from './delete-many';
export { type Update, updateMany } from './update-many';
export type { Target } from './write/locked-writes';
