import { editorIndexes, migration, stampColumns } from './support/migration';

/* A balance moves with every sale paid from it: pages keep room for the new row version (docs/adr/0006). */
export = migration(
  `
  CREATE TABLE users (
    id uuid NOT NULL CONSTRAINT users_pk PRIMARY KEY,
    email text NOT NULL CONSTRAINT users_email_check CHECK (length(email) <= 254 AND email ~ '^[!-?A-~]+@[!-?A-~]+[.][!-?A-~]+$'),
    username text NOT NULL CONSTRAINT users_username_check CHECK (length(username) BETWEEN 3 AND 50),
    password_hash text NULL,
    first_name text NOT NULL CONSTRAINT users_first_name_check CHECK (length(first_name) BETWEEN 1 AND 100),
    last_name text NOT NULL CONSTRAINT users_last_name_check CHECK (length(last_name) BETWEEN 1 AND 100),
    is_active boolean NOT NULL DEFAULT true,
    email_verified boolean NOT NULL DEFAULT false,
    last_login_at timestamptz(3) NULL,
    balance numeric(12,2) NOT NULL DEFAULT 0 CONSTRAINT users_balance_check CHECK (balance >= 0),
    currency text NOT NULL DEFAULT 'USD' CONSTRAINT users_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    ${stampColumns('users')},
    deleted_at timestamptz(3) NULL
  ) WITH (fillfactor = 85);
  CREATE UNIQUE INDEX users_email_key ON users (lower(email)) WHERE deleted_at IS NULL;
  CREATE UNIQUE INDEX users_username_key ON users (lower(username)) WHERE deleted_at IS NULL;
  CREATE INDEX users_created_at_idx ON users (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX users_updated_at_idx ON users (updated_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX users_last_name_idx ON users (last_name, id) WHERE deleted_at IS NULL;
  CREATE INDEX users_last_login_at_idx ON users (last_login_at, id) WHERE deleted_at IS NULL;
  -- Support finds a customer by a part of the address or the name; one index serves both.
  CREATE INDEX users_email_last_name_idx ON users USING gin (email gin_trgm_ops, last_name gin_trgm_ops) WHERE deleted_at IS NULL;
  ${editorIndexes('users')}

  CREATE TABLE profiles (
    id uuid NOT NULL CONSTRAINT profiles_pk PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT profiles_user_id_key UNIQUE CONSTRAINT profiles_user_id_fk REFERENCES users (id) ON DELETE CASCADE,
    display_name text NULL CONSTRAINT profiles_display_name_check CHECK (length(display_name) <= 100),
    bio text NULL CONSTRAINT profiles_bio_check CHECK (length(bio) <= 2000),
    avatar_url text NULL CONSTRAINT profiles_avatar_url_check CHECK (length(avatar_url) <= 2048 AND avatar_url ~ '^https?://'),
    phone text NULL CONSTRAINT profiles_phone_check CHECK (length(phone) <= 40),
    birth_date date NULL CONSTRAINT profiles_birth_date_check CHECK (birth_date >= '1900-01-01'),
    address jsonb NULL CONSTRAINT profiles_address_check CHECK (jsonb_typeof(address) = 'object'),
    ${stampColumns('profiles')}
  );
  ${editorIndexes('profiles')}
  `,
  `
  DROP TABLE profiles;
  DROP TABLE users;
  `,
);
