import { migration } from './support/migration';

/* A new shop's support gets the permission from the reference data, under the same id; managers and administrators have it by a wildcard. */
export = migration(
  `
  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-0c2e800b8ed3', id, 'orders', 'return' FROM roles WHERE id = '01941f29-7c00-7001-8000-a18603086e5b'
  ON CONFLICT DO NOTHING;
  `,
  `DELETE FROM permissions WHERE resource = 'orders' AND action = 'return';`,
);
