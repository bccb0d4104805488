/**
 * Returns the SQL condition that a category is another one or below it, for two table aliases: a range of the index of paths. LIKE with a
 * pattern that only the row knows would read every category.
 */
export function isInSubtree(below: string, above: string): string {
  // "0" is the character after the slash.
  return `${below}.path ~>=~ ${above}.path AND ${below}.path ~<~ (left(${above}.path, -1) || '0')`;
}

/** Returns the SQL condition that a category, by its id, is one of these or below one; both are SQL expressions, the second an array of ids. */
export function isBelowAny(id: string, ids: string): string {
  return `EXISTS (
    SELECT FROM categories below, categories above
    WHERE below.id = ${id} AND above.id = ANY (${ids}) AND above.deleted_at IS NULL AND ${isInSubtree('below', 'above')}
  )`;
}
