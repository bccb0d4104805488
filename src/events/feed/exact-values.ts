/**
 * Returns the SQL expression of a column of the audit log with its decimals as JSON text where they end with zeros: JavaScript reads 1.250,
 * as an amount in Kuwaiti dinars is written, as 1.25. Only what has such a decimal is taken apart.
 */
export function exactValues(column: string): string {
  return `CASE WHEN ${column}::text ~ '\\.\\d{2,}0[,}]' THEN (
    SELECT jsonb_object_agg(v.key, CASE WHEN jsonb_typeof(v.value) = 'number' AND v.value::text ~ '\\.' THEN to_jsonb(v.value::text) ELSE v.value END)
    FROM jsonb_each(${column}) v
  ) ELSE ${column} END`;
}
