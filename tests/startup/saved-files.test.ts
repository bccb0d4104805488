import fs, { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderError } from '../../src/embedded-postgres';
import { savedRecord } from '../../src/embedded-postgres/cluster/cluster-record';
import { spaceAdvice } from '../../src/embedded-postgres/cluster/folder-error';
import { savedTokenSecret } from '../../src/startup/settings/saved-token-secret';
import { ProjectProcess } from './support/project-process';

jest.setTimeout(60_000);

/* Nothing listens there: a start that gets so far is over soon. */
const NOWHERE = 'postgres://shop:secret-word@127.0.0.1:1/shop';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storekeeper-saved-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function refusal(settings: NodeJS.ProcessEnv): Promise<string> {
  const shop = new ProjectProcess({ DATA_DIR: folder, ...settings });
  expect((await shop.ended).code).toBe(1);
  return shop.output;
}

test('a start refuses an empty token secret, and leaves its file', async () => {
  const file = join(folder, 'jwt-secret');
  writeFileSync(file, '');
  const output = await refusal({ DATABASE_URL: NOWHERE });
  expect(output).toContain(`The token secret in ${file} is damaged: it is not allowed to be empty. Restore the file from a backup`);
  expect(readFileSync(file, 'utf8')).toBe('');
});

test.each([
  [' \n', 'is not allowed to be empty'],
  ['short', 'length must be at least 32 characters long'],
])('holds the saved token secret "%s" against the rule of its setting', (text, fault) => {
  writeFileSync(join(folder, 'jwt-secret'), text);
  expect(() => savedTokenSecret(folder)).toThrow(fault);
});

test.each(['EPERM', 'ENOTSUP'])('saves a token secret once, for its owner only, where links fail with %s', (code) => {
  const link = jest.spyOn(fs, 'linkSync').mockImplementation(() => {
    throw Object.assign(new Error(`${code}: link`), { code });
  });
  try {
    const secret = savedTokenSecret(folder);
    expect(savedTokenSecret(folder)).toBe(secret);
    expect(link).toHaveBeenCalledTimes(1);
    expect(fs.readdirSync(folder)).toEqual(['jwt-secret']);
    expect(statSync(join(folder, 'jwt-secret')).mode & 0o777).toBe(0o600);
  } finally {
    link.mockRestore();
  }
});

test('a start refuses an empty record of the embedded database, and leaves it', async () => {
  const file = join(folder, 'embedded-postgres.json');
  writeFileSync(file, '{}');
  expect(await refusal({})).toContain(`${file} is damaged: home is missing or invalid. Restore it from a backup, or use another DATA_DIR.`);
  expect(readFileSync(file, 'utf8')).toBe('{}');
});

test.each([
  ['[]', 'it'],
  ['null', 'it'],
  ['7', 'it'],
  ['{"home":"/x","port":"5432","superuserPassword":"a","password":"b"}', 'port'],
  ['{"home":"/x","port":5432,"superuserPassword":"","password":"b"}', 'superuserPassword'],
])('refuses the record %s of the embedded database, and names the member', (text, member) => {
  writeFileSync(join(folder, 'embedded-postgres.json'), text);
  expect(() => savedRecord(folder)).toThrow(`is damaged: ${member} is missing or invalid.`);
});

test('refuses a DATA_DIR that is a file, and one below a file', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  expect(await refusal({ DATA_DIR: file })).toContain(`Cannot write to DATA_DIR ${file}: it is a file`);
  expect(await refusal({ DATA_DIR: join(file, 'data') })).toContain('a part of its path is a file');
  const nowhere = process.platform === 'linux' ? '/proc/nope/data' : '/dev/null/data';
  expect(await refusal({ DATA_DIR: nowhere })).toContain(`Cannot write to DATA_DIR ${nowhere}`);
});

test.each([
  ['EROFS', 'it is read-only'],
  ['EACCES', 'this user may not write there'],
  ['ENOSPC', 'its disk is full'],
  ['EDQUOT', 'its disk quota is used up'],
])('says of %s in DATA_DIR what is wrong and what to do', (code, reason) => {
  const error = Object.assign(new Error(`${code}: refused, open 'x'`), { code, syscall: 'open' });
  expect(String(folderError(error, '/srv/shop'))).toContain(`Cannot write to DATA_DIR /srv/shop: ${reason} (${code}: refused, open 'x').`);
});

test('says so where PostgreSQL did not start for want of space', () => {
  expect(spaceAdvice('FATAL: could not write lock file "postmaster.pid": No space left on device', '/srv/shop')).toContain(
    'The disk of /srv/shop is full: free some space and start again.',
  );
  expect(spaceAdvice('FATAL: could not bind', '/srv/shop')).toBe('');
});
