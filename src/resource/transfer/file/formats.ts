/** The formats of imports and exports, by their name in `format`. */
export const MEDIA_TYPES = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

export type Format = keyof typeof MEDIA_TYPES;

/** Returns the format of a media type without parameters; undefined for another type. */
export function formatOf(mediaType: string): Format | undefined {
  return (Object.keys(MEDIA_TYPES) as Format[]).find((format) => MEDIA_TYPES[format] === mediaType);
}
