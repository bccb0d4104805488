import { oneOf, optional, type Shape, text } from '../../../schema/schema';
import type { Resource } from '../../definition/resource';
import { listShape } from '../../query/list-query';
import { namesByComma } from '../../query/representation';
import { defaultColumns, exportableColumns } from '../columns';
import { type Format, MEDIA_TYPES } from '../file/formats';

/** Returns the query parameters of an export: those of the list without its pages, the columns and the format. */
export function exportShape(resource: Resource): Shape {
  const ofPages = new Set(['limit', 'cursor', 'page', 'total', 'include', 'fields', ...Object.keys(resource.parameters ?? {})]);
  const filters = Object.fromEntries(Object.entries(listShape(resource)).filter(([name]) => !ofPages.has(name)));
  const names = exportableColumns(resource).map(({ name }) => name);
  const byDefault = defaultColumns(resource).map(({ name }) => name);
  return {
    format: optional(
      oneOf(...(Object.keys(MEDIA_TYPES) as Format[])).description(
        'csv, or ndjson for lines of JSON; otherwise the Accept header decides.',
      ),
    ),
    fields: optional(
      text(1, 1_000)
        .description(`The columns, comma-separated: ${names.join(', ')}. By default those that an import sets: ${byDefault.join(', ')}.`)
        .meta(namesByComma(names, names.length)),
    ),
    ...filters,
  };
}
