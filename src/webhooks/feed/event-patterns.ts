import type { EventCatalogue } from '../../events/definition/event-catalogue';

/** Returns whether one of the patterns (`orders.paid`, `orders.*`, `*`) names the type. */
export function namesType(patterns: readonly string[], type: string): boolean {
  const all = `${type.slice(0, type.indexOf('.'))}.*`;
  return patterns.some((pattern) => pattern === '*' || pattern === all || pattern === type);
}

/** Returns the patterns that name a type at least; a version of the shop may lack types that another one had. */
export function knownPatterns({ types }: EventCatalogue, patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => types.some(({ type }) => namesType([pattern], type)));
}
