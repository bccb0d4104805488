import { problemType } from '../problems/problem';

export const categoryCycle = problemType('category_cycle', 409, 'Category cycle');
export const alreadyReviewed = problemType('already_reviewed', 409, 'Already reviewed');
export const productSafetyMissing = problemType('product_safety_missing', 422, 'Product safety information missing');
export const siblingsDiffer = problemType('siblings_differ', 409, 'Siblings differ');
export const categoryTooDeep = problemType('category_too_deep', 409, 'Category too deep');

/** The problems of broken constraints, by the constraint's name. */
export const catalogueConstraints = { reviews_author_id_product_id_key: alreadyReviewed } as const;
