import type { Privacy } from '../../../../src/database/column-privacy';
import type { Query } from './query';

/* Bits of pg_trigger.tgtype; AFTER and FOR EACH STATEMENT have none. */
const AFTER_STATEMENT = { insert: 4, delete: 8, update: 16 } as const;
const BEFORE_STATEMENT_CHANGE = 2 + 8 + 16 + 32;
const BEFORE_ROW_DELETE = 1 + 2 + 8;

/** The tables that are not audited, each with the reason; append-only tables are records themselves, and so are ledgers, whose entries go with their owner alone. */
export const NOT_AUDITED = {
  idempotency_keys: 'a reply, gone after two days; what it tells of is audited',
  former_slugs: 'follows the slugs, whose changes are audited',
  login_sources: 'counts attempts until they are forgotten',
  refresh_tokens: 'lives as long as its session',
  product_views: 'counts what visitors do',
  view_refreshes: 'tells when statistics were computed',
  imports: 'records itself how far it has come; what it writes is audited',
  import_chunks: 'the file of an import, deleted after some days',
  import_rows: 'rows that were never written, deleted after some days',
  audit_logs: 'append-only',
  audit_personal: 'belongs to an entry of the audit log; an erasure empties it',
  payment_events: 'append-only',
  stock_movements: 'a ledger',
  balance_entries: 'a ledger',
  unused_media: 'marks of the clean-up; what it deletes is audited',
  webhook_cursors: 'moves with the feed',
  event_readers: 'moves with the feed',
  documents: 'append-only',
  document_numbers: 'counts the documents',
  document_mails: 'tells when a document was sent',
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
  /** The columns that an update compares: all but the id, generated columns and what only triggers set. */
  readonly columns: readonly string[];
}

/** The columns of a table that its model declares as personal or secret. */
export type PrivacyOf = (table: string) => ReadonlyMap<string, Privacy>;

/**
 * Returns the missing guards: an audit trigger per verb on every audited table, with the personal and secret columns of its model, and a
 * refusing one on append-only tables.
 */
export async function missingGuards(query: Query, audited: readonly string[], privacyOf: PrivacyOf): Promise<string[]> {
  const tables = await query<Table>(
    `SELECT relname AS name, ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
         AND attname NOT IN ('id', 'updated_at', 'edited_version') AND attname <> ALL (statistics_of(relname))) AS columns
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
    const { name } = table;
    if (audited.includes(name)) {
      const privacy = privacyOf(name);
      return Object.entries(AFTER_STATEMENT)
        .filter(
          ([, type]) => !has({ table: name, type }, (trigger) => recordsAll(trigger, table, privacy) && spares(trigger, name, privacy)),
        )
        .map(([verb]) => `${name} is not audited on ${verb}`);
    }
    const reason = (NOT_AUDITED as Readonly<Record<string, string>>)[name];
    if (reason === undefined) return [`${name} is neither audited nor said not to be`];
    return isGuarded(name, reason) ? [] : [`${name} can be changed`];
  });
}

/* `record_changes` records whole rows; the function that `attach_triggers` writes for a table with a ledger has to compare each column. */
function recordsAll({ function: name, type, source }: Trigger, table: Table, privacy: ReadonlyMap<string, Privacy>): boolean {
  const isPersonal = [...privacy.values()].includes('personal');
  if (name === 'record_changes') return !isPersonal;
  if (name === 'record_personal_purge') return isPersonal && type === AFTER_STATEMENT.delete;
  if (name === `record_${table.name}_insert`) return isPersonal && type === AFTER_STATEMENT.insert && source.includes('audit_personal');
  if (name !== `record_${table.name}_update` || type !== AFTER_STATEMENT.update) return false;
  if (isPersonal && !source.includes('audit_personal')) return false;
  if (!/INSERT INTO (stock_movements|balance_entries)/.test(source)) return true;
  return table.columns.every((column) =>
    source.includes(privacy.get(column) === 'personal' ? `n.${column} IS DISTINCT FROM o.${column}` : `"${column}":`),
  );
}

/* Whether the arguments name the model's secret and personal columns, and no others, and whose they are. */
function spares({ args }: Trigger, table: string, privacy: ReadonlyMap<string, Privacy>): boolean {
  const [name, secrets = '{}', personal = '{}', person] = args.split('\\000');
  const isExactly = (list: string, wanted: Privacy) =>
    list.slice(1, -1).split(',').filter(Boolean).sort().join() ===
    [...privacy]
      .filter(([, given]) => given === wanted)
      .map(([column]) => column)
      .sort()
      .join();
  const isTheirs = personal === '{}' || personal === '' || (table === 'users' ? ['id'] : ['user_id', 'author_id']).includes(String(person));
  return name === table && isExactly(secrets, 'secret') && isExactly(personal, 'personal') && isTheirs;
}

/** Returns the columns whose name says that they hold a secret, and whose model does not. */
export async function undeclaredSecrets(query: Query, privacyOf: PrivacyOf): Promise<string[]> {
  const columns = await query<{ table: string; column: string }>(
    `SELECT relname AS table, attname AS column FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
       AND attname ~ '(password|secret|token|_hash$|^salt$)'`,
  );
  return columns.filter(({ table, column }) => !privacyOf(table).has(column)).map(({ table, column }) => `${table}.${column}`);
}
