import { problemType } from '../problems/problem';

export const categoryCycle = problemType('category_cycle', 409, 'Category cycle');
export const productSafetyMissing = problemType('product_safety_missing', 422, 'Product safety information missing');
export const siblingsDiffer = problemType('siblings_differ', 409, 'Siblings differ');
export const categoryTooDeep = problemType('category_too_deep', 409, 'Category too deep');
