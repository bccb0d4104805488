type Json = Readonly<Record<string, unknown>>;

/** The keywords whose values are data, not schemas. */
const DATA = ['example', 'examples', 'default', 'enum', 'const'];

/** Returns the JSON pointers of the schemas of strings, integers and arrays that lack a bound. */
export function unbounded(node: unknown, pointer = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.entries(node)
    .filter(([name]) => !DATA.includes(name) || pointer.endsWith('/properties'))
    .flatMap(([name, child]) => unbounded(child, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`));
  return isBounded(node as Json) ? below : [pointer, ...below];
}

function isBounded(schema: Json): boolean {
  const types = [schema.type].flat();
  const has = (...words: readonly string[]) => words.every((word) => schema[word] !== undefined);
  const isChoice = has('enum') || has('const');
  if (types.includes('string') && !isChoice && !(has('maxLength') && (has('pattern') || has('format')))) return false;
  if (types.includes('integer') && !isChoice && !has('minimum', 'maximum', 'format')) return false;
  return !types.includes('array') || has('maxItems', 'items');
}
