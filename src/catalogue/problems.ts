import { problemType } from '../problems/problem';

export const categoryCycle = problemType('category_cycle', 409, 'Category cycle');
export const alreadyReviewed = problemType('already_reviewed', 409, 'Already reviewed');
export const productSafetyMissing = problemType('product_safety_missing', 422, 'Product safety information missing');
export const siblingsDiffer = problemType('siblings_differ', 409, 'Siblings differ');
export const categoryTooDeep = problemType('category_too_deep', 409, 'Category too deep');
export const invalidImage = problemType('invalid_image', 422, 'Invalid image');
export const imagesChanged = problemType('images_changed', 409, 'Images changed');
export const optionInUse = problemType('option_in_use', 409, 'Option in use');
export const optionsChanged = problemType('options_changed', 409, 'Options changed');
export const pricesOverlap = problemType('prices_overlap', 409, 'Prices overlap');
export const saleAboveRegular = problemType('sale_above_regular', 409, 'Sale above the regular price');
export const noRegularPrice = problemType('no_regular_price', 409, 'No regular price');
export const priceInForce = problemType('price_in_force', 409, 'Price in force');

/** The problems of broken constraints, by the constraint's name. */
export const catalogueConstraints = {
  product_groups_options_in_use_check: optionInUse,
  products_option_values_check: optionsChanged,
  reviews_author_id_product_id_key: alreadyReviewed,
  price_entries_period_excl: pricesOverlap,
  price_entries_sale_check: saleAboveRegular,
  price_entries_regular_check: noRegularPrice,
} as const;
