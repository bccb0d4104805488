import { editorIndexes, migration, stampColumns, timeColumns } from './support/migration';

export = migration(
  `
  CREATE TABLE roles (
    id uuid NOT NULL CONSTRAINT roles_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT roles_name_check CHECK (name ~ '^[a-z][a-z0-9-]{1,49}$'),
    description text NULL CONSTRAINT roles_description_check CHECK (length(description) <= 500),
    ${stampColumns('roles')},
    deleted_at timestamptz(3) NULL
  );
  CREATE UNIQUE INDEX roles_name_key ON roles (name) WHERE deleted_at IS NULL;
  CREATE INDEX roles_created_at_idx ON roles (created_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('roles')}

  CREATE TABLE permissions (
    id uuid NOT NULL CONSTRAINT permissions_pk PRIMARY KEY,
    role_id uuid NOT NULL CONSTRAINT permissions_role_id_fk REFERENCES roles (id) ON DELETE CASCADE,
    resource text NOT NULL CONSTRAINT permissions_resource_check CHECK (resource ~ '^([*]|[a-z][a-z-]{0,49})$'),
    action text NOT NULL CONSTRAINT permissions_action_check CHECK (action ~ '^([*]|[a-z][a-z-]{0,49})$'),
    ${timeColumns},
    CONSTRAINT permissions_role_id_resource_action_key UNIQUE (role_id, resource, action)
  );

  CREATE TABLE user_roles (
    id uuid NOT NULL CONSTRAINT user_roles_pk PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT user_roles_user_id_fk REFERENCES users (id) ON DELETE CASCADE,
    role_id uuid NOT NULL CONSTRAINT user_roles_role_id_fk REFERENCES roles (id) ON DELETE RESTRICT,
    assigned_by uuid NULL CONSTRAINT user_roles_assigned_by_fk REFERENCES users (id) ON DELETE SET NULL,
    assigned_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz(3) NULL CONSTRAINT user_roles_expires_at_check CHECK (expires_at > assigned_at),
    is_active boolean NOT NULL DEFAULT true,
    ${timeColumns},
    CONSTRAINT user_roles_user_id_role_id_key UNIQUE (user_id, role_id)
  );
  CREATE INDEX user_roles_role_id_idx ON user_roles (role_id);
  CREATE INDEX user_roles_assigned_by_idx ON user_roles (assigned_by);

  CREATE TABLE refresh_tokens (
    id uuid NOT NULL CONSTRAINT refresh_tokens_pk PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT refresh_tokens_user_id_fk REFERENCES users (id) ON DELETE CASCADE,
    token_hash text NOT NULL CONSTRAINT refresh_tokens_token_hash_key UNIQUE,
    family_id uuid NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    replaced_by uuid NULL CONSTRAINT refresh_tokens_replaced_by_fk REFERENCES refresh_tokens (id) ON DELETE SET NULL,
    revoked_at timestamptz(3) NULL,
    ${timeColumns}
  );
  CREATE INDEX refresh_tokens_user_id_idx ON refresh_tokens (user_id);
  CREATE INDEX refresh_tokens_family_id_idx ON refresh_tokens (family_id);
  CREATE INDEX refresh_tokens_replaced_by_idx ON refresh_tokens (replaced_by);
  CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);
  `,
  `
  DROP TABLE refresh_tokens;
  DROP TABLE user_roles;
  DROP TABLE permissions;
  DROP TABLE roles;
  `,
);
