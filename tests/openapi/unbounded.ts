type Json = Readonly<Record<string, unknown>>;

/** What is written as data, not as a schema. */
const DATA = ['example', 'examples', 'default', 'enum', 'const'];

/** The JSON pointers of all schemas of strings, integers and arrays that leave out a bound. */
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
