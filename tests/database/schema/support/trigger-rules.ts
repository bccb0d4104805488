import type { Query } from './query';

/* Bits of pg_trigger.tgtype; AFTER and FOR EACH STATEMENT have none. */
const AFTER_STATEMENT = { insert: 4, delete: 8, update: 16 } as const;
const BEFORE_STATEMENT_CHANGE = 2 + 8 + 16 + 32;
const BEFORE_ROW_DELETE = 1 + 2 + 8;

/** The tables that are not audited, each with the reason; append-only tables are records themselves, and so are ledgers, whose entries go with their owner alone. */
export const NOT_AUDITED = {
  idempotency_keys: 'a reply, gone after two days; what it tells of is audited',
  login_sources: 'counts attempts until they are forgotten',
  refresh_tokens: 'lives as long as its session',
  imports: 'records itself how far it has come; what it writes is audited',
  import_chunks: 'the file of an import, deleted after some days',
  import_rows: 'rows that were never written, deleted after some days',
  audit_logs: 'append-only',
  audit_personal: 'belongs to an entry of the audit log; an erasure empties it',
  stock_movements: 'a ledger',
  balance_entries: 'a ledger',
  webhook_cursors: 'moves with the feed',
  webhook_deliveries: 'carries what the audit log has',
  webhook_attempts: 'records what was sent',
} as const;

interface Trigger {
  readonly table: string;
  readonly function: string;
  readonly type: number;
  readonly enabled: boolean;
  readonly args: string;
  readonly source: string;
}

interface Table {
  readonly name: string;
  readonly secrets: string;
  /** The columns that an update compares: all but the id, generated columns and what only triggers set. */
  readonly columns: readonly string[];
}

/** Returns the missing guards: an audit trigger per verb on every audited table, and a refusing one on append-only tables. */
export async function missingGuards(query: Query, audited: readonly string[]): Promise<string[]> {
  const tables = await query<Table>(
    `SELECT relname AS name, coalesce((SELECT string_agg(attname, ',' ORDER BY attname) FROM pg_attribute
       WHERE attrelid = c.oid AND attname ~ '(password|secret|token|_hash$)' AND NOT attisdropped), '') AS secrets,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
         AND attname NOT IN ('id', 'updated_at', 'edited_version')) AS columns
     FROM pg_class c WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace AND relname <> 'SequelizeMeta'`,
  );
  const triggers = await query<Trigger>(
    `SELECT tgrelid::regclass::text AS table, proname AS function, tgtype AS type,
       tgenabled IN ('O', 'A') AND tgqual IS NULL AND cardinality(tgattr::smallint[]) = 0 AS enabled, encode(tgargs, 'escape') AS args, prosrc AS source
     FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal`,
  );
  const has = (wanted: Partial<Trigger>, records: (trigger: Trigger) => boolean = () => true) =>
    triggers.some(
      (trigger) =>
        trigger.enabled && Object.entries(wanted).every(([key, value]) => trigger[key as keyof Trigger] === value) && records(trigger),
    );
  const isGuarded = (name: string, reason: string) => {
    if (reason === 'append-only') return has({ table: name, function: 'refuse_change', type: BEFORE_STATEMENT_CHANGE });
    if (reason !== 'a ledger') return true;
    const isKept = has({ table: name, function: 'refuse_change', type: BEFORE_STATEMENT_CHANGE - AFTER_STATEMENT.delete });
    const isRecorded = has({ table: name, function: 'record_changes', type: AFTER_STATEMENT.delete, args: `${name}\\000{}\\000` });
    return isKept && isRecorded && has({ table: name, function: 'guard_ledger_delete', type: BEFORE_ROW_DELETE });
  };
  return tables.flatMap((table) => {
    const { name, secrets } = table;
    if (audited.includes(name)) {
      return Object.entries(AFTER_STATEMENT)
        .filter(([, type]) => !has({ table: name, type, args: `${name}\\000{${secrets}}\\000` }, (trigger) => recordsAll(trigger, table)))
        .map(([verb]) => `${name} is not audited on ${verb}`);
    }
    const reason = (NOT_AUDITED as Readonly<Record<string, string>>)[name];
    if (reason === undefined) return [`${name} is neither audited nor said not to be`];
    return isGuarded(name, reason) ? [] : [`${name} can be changed`];
  });
}

/* `record_changes` records whole rows; the function that `attach_triggers` writes for a table has to compare each column. */
function recordsAll({ function: name, type, source }: Trigger, table: Table): boolean {
  if (name === 'record_changes') return true;
  return (
    name === `record_${table.name}_update` &&
    type === AFTER_STATEMENT.update &&
    table.columns.every((column) => source.includes(`"${column}":`))
  );
}
