import { invalidParameters } from '../../../../problems/common-problems';
import type { LockedWrite } from '../../../../resource/write/pending-write';
import { flag, optional, uuid } from '../../../../schema/schema';

/** What the deletion of a category may say of its subcategories and products. */
export const categoryDeletion = {
  reassignTo: optional(
    uuid().description(
      'The category that its subcategories, products and product groups, deleted ones included, move to before it is deleted.',
    ),
  ),
  subtree: optional(flag().description('Deletes its subcategories along; restoring the category brings back exactly these.')),
} as const;

/** The options of a deletion. */
export interface DeletionOptions {
  readonly reassignTo?: string;
  readonly subtree?: boolean;
}

/** Returns the options of a deletion. */
export function optionsOf({ given }: LockedWrite): DeletionOptions {
  return given as DeletionOptions;
}

/** Refuses, with `invalid_parameters` (400), options that contradict each other. */
export function refuseContradiction(write: LockedWrite): void {
  const { reassignTo, subtree } = optionsOf(write);
  if (reassignTo === undefined || !subtree) return;
  const message = 'Pass either subtree, which deletes the subcategories, or reassignTo, which moves them.';
  write.refuse(invalidParameters.because(message, { errors: [{ pointer: 'subtree', code: 'not_allowed', message }] }));
}
