/* Soft-deleted images count: a restore brings them back. */
/** Returns the SQL of whether anything refers to a medium, by the alias of its table. */
export const REFERRED_TO = (alias: string) => `EXISTS (SELECT FROM product_images i WHERE i.media_id = ${alias}.id)`;
