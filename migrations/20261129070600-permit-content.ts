import { migration } from './support/migration';

const MANAGER = '01941f29-7c00-7001-8000-6ee4a469cd4e';
const SUPPORT = '01941f29-7c00-7001-8000-a18603086e5b';

const PERMISSIONS = [
  ['01941f29-7c00-7002-8000-70d17aa22791', MANAGER, 'reviews', '*'],
  ['01941f29-7c00-7002-8000-0b3c9bd833ff', MANAGER, 'posts', '*'],
  ['01941f29-7c00-7002-8000-700f1faed6d1', MANAGER, 'comments', '*'],
  ['01941f29-7c00-7002-8000-602509bbda62', SUPPORT, 'reviews', 'read'],
  ['01941f29-7c00-7002-8000-696223475dc9', SUPPORT, 'reviews', 'write'],
  ['01941f29-7c00-7002-8000-126831c57e90', SUPPORT, 'comments', 'read'],
  ['01941f29-7c00-7002-8000-e10dba601be4', SUPPORT, 'comments', 'write'],
] as const;

const rows = PERMISSIONS.map((values) => `(${values.map((value) => `'${value}'`).join(', ')})`).join(',\n    ');

/* The manager and the support of a new shop get the permissions from the reference data, under the same ids. */
export = migration(
  `
  INSERT INTO permissions (id, role_id, resource, action)
  SELECT given.id::uuid, roles.id, given.resource, given.action
  FROM (VALUES
    ${rows}
  ) AS given (id, role_id, resource, action) JOIN roles ON roles.id = given.role_id::uuid
  ON CONFLICT DO NOTHING;
  `,
  `DELETE FROM permissions WHERE resource IN ('reviews', 'posts', 'comments');`,
);
