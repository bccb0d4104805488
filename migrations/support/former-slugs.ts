/** Returns the triggers by which the slugs that the rows of a table had lead to them. */
export function keepFormerSlugs(table: string): string {
  return `CREATE TRIGGER ${table}_former_slug AFTER UPDATE OF slug ON ${table} FOR EACH ROW
    WHEN (OLD.slug <> NEW.slug AND OLD.deleted_at IS NULL) EXECUTE FUNCTION keep_former_slug('${table}');
  CREATE TRIGGER ${table}_former_slug_purge AFTER DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION keep_former_slug('${table}');`;
}

/** Returns the SQL that undoes `keepFormerSlugs`. */
export function forgetFormerSlugs(table: string): string {
  return `DROP TRIGGER ${table}_former_slug_purge ON ${table};
  DROP TRIGGER ${table}_former_slug ON ${table};
  DELETE FROM former_slugs WHERE table_name = '${table}';`;
}
