/** Returns the SQL of whether an image shows a medium, for an alias of its table; a deleted image counts, because it may be restored. */
export function isReferredTo(alias: string): string {
  return `EXISTS (SELECT FROM product_images i WHERE i.media_id = ${alias}.id)`;
}
