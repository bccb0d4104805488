import { migration } from './support/migration';

/* A new shop's manager gets the permission from the reference data, under the same id. */
export = migration(
  `
  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-0911592ea5ab', id, 'prices', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  `,
  `DELETE FROM permissions WHERE resource = 'prices';`,
);
