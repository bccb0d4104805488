import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Joi from 'joi';
import { nameOfPath, SYSTEM_FOLDER, systemFolder } from '../binaries/system-folder';
import { canReach, runAs } from '../process/run-as';
import { folderError } from './folder-error';

/** What DATA_DIR stores about its cluster, readable by its owner only. */
export interface ClusterRecord {
  /** The parent of the cluster's folder `postgres`: DATA_DIR, or a folder in `/var/lib/storekeeper`. */
  home: string;
  port: number;
  /** Of the role `postgres`, which only creates the shop's roles and database. */
  superuserPassword: string;
  /** Of the role `storekeeper`, which owns the database. */
  password: string;
  /** Of the role `storekeeper_app`, which owns nothing; an earlier version kept none. */
  applicationPassword?: string;
}

const RECORD = Joi.object({
  home: Joi.string().required(),
  port: Joi.number().port().required(),
  superuserPassword: Joi.string().required(),
  password: Joi.string().required(),
  applicationPassword: Joi.string(),
})
  .required()
  .prefs({ convert: false, errors: { wrap: { label: false } } });

/** Creates DATA_DIR where it is missing, for its owner only (root's can be traversed), and returns its real path. */
export function makeDataDir(dataDir: string): string {
  const asRoot = process.getuid?.() === 0;
  const before = process.umask(0o022);
  try {
    // Not 0700 for root: PostgreSQL's user must traverse it. The files with secrets are 0600.
    makeFolder(resolve(dataDir), asRoot ? 0o755 : 0o700);
  } catch (error) {
    throw folderError(error, dataDir);
  } finally {
    process.umask(before);
  }
  return realpathSync(dataDir);
}

/* Not `recursive`: below /proc, Node repeats it for ever. */
function makeFolder(path: string, mode: number): void {
  if (isFolder(path)) return;
  // A file among the parents is told by `mkdir` itself: `statSync` says nothing of it on Node 24.
  if (!existsSync(dirname(path))) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another start may have made it.
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A record with every password. */
export type CompleteRecord = Required<ClusterRecord>;

/**
 * Returns DATA_DIR's record, or creates one with new passwords and a home that PostgreSQL's user can reach. One of an earlier version
 * gets the password that it lacks, which `saveRecord` then writes.
 */
export function clusterRecord(dataDir: string): CompleteRecord {
  const found = savedRecord(dataDir);
  if (found) return { applicationPassword: secret(), ...reachableRecord(found, dataDir) };
  if (existsSync(clusterFolder(dataDir))) {
    throw new Error(
      `${dataDir} has a database, but ${recordFile(dataDir)} with its passwords is missing. Restore it, or use another DATA_DIR.`,
    );
  }
  const record = {
    home: home(dataDir),
    port: 0,
    superuserPassword: secret(),
    password: secret(),
    applicationPassword: secret(),
  };
  saveRecord(dataDir, record);
  return record;
}

/** Returns DATA_DIR's record; undefined where there is none. Throws where another user created it, or it is damaged. */
export function savedRecord(dataDir: string): ClusterRecord | undefined {
  const text = savedText(dataDir);
  return text === undefined ? undefined : parseRecord(text, recordFile(dataDir));
}

/** Writes the record atomically; it belongs to the owner of DATA_DIR, even where root starts the shop. */
export function saveRecord(dataDir: string, record: ClusterRecord): void {
  const draft = `${recordFile(dataDir)}.new`;
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dataDir);
    chownSync(draft, uid, gid);
  }
  renameSync(draft, recordFile(dataDir));
}

/** Returns the folder of the cluster in its home. */
export function clusterFolder(homeFolder: string): string {
  return join(homeFolder, 'postgres');
}

/** Returns the path of DATA_DIR's record. */
export function recordFile(dataDir: string): string {
  return join(dataDir, 'embedded-postgres.json');
}

function savedText(dataDir: string): string | undefined {
  try {
    return readFileSync(recordFile(dataDir), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    if (code === 'EACCES')
      throw new Error(`${dataDir} belongs to another user. Start as that user, or set DATA_DIR to a folder of your own.`);
    throw error;
  }
}

function parseRecord(text: string, file: string): ClusterRecord {
  const remedy = 'Restore it from a backup, or use another DATA_DIR.';
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not valid JSON. ${remedy}`);
  }
  const { error } = RECORD.validate(found);
  // The message names the member, never its value: three of them are passwords.
  if (error) throw new Error(`${file} is damaged: ${error.details[0]?.path.join('.') || 'it'} is missing or invalid. ${remedy}`);
  return found as ClusterRecord;
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

function home(dataDir: string): string {
  const user = runAs(clusterFolder(dataDir));
  if (!user || canReach(user, dataDir)) return dataDir;
  // The random half: a new DATA_DIR at the path of a removed one must not find the cluster of that one.
  return systemFolder(`${nameOfPath(dataDir)}-${randomBytes(6).toString('hex')}`);
}

function reachableRecord(record: ClusterRecord, dataDir: string): ClusterRecord {
  if (record.home.startsWith(`${SYSTEM_FOLDER}/`)) {
    if (process.getuid?.() !== 0)
      throw new Error(`Root created ${dataDir}, and its database is in ${record.home}. Start as root, or set another DATA_DIR.`);
    systemFolder(record.home.slice(SYSTEM_FOLDER.length + 1));
    return record;
  }
  // A cluster inside DATA_DIR moves with it.
  return record.home === dataDir || !statSync(clusterFolder(dataDir), { throwIfNoEntry: false }) ? record : { ...record, home: dataDir };
}
