import type { Client } from 'pg';

const INSUFFICIENT_PRIVILEGE = '42501';
const UNDEFINED_ROLE = '22023';
/* duplicate_object, unique_violation, internal_error ("tuple concurrently updated"): another start makes the same role. */
const LOST_RACES = ['42710', '23505', 'XX000'];
const MAX_ATTEMPTS = 10;

/**
 * Makes the role that the owner takes for the API, where it is missing, and lets the owner take it; several starts, of several databases
 * of the server, may do so at once. Throws, with the statements for a superuser, where the owner may not.
 */
export async function makeRole(client: Client, role: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const fault = await faultOfTaking(client, role);
    if (fault === undefined) return;
    const statement = fault === UNDEFINED_ROLE ? createRole(client, role) : grantRole(client, role);
    try {
      await client.query(statement);
    } catch (error) {
      if (codeOf(error) === INSUFFICIENT_PRIVILEGE) throw await refusal(client, role);
      if (!LOST_RACES.includes(codeOf(error)) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

const createRole = (client: Client, role: string) => `CREATE ROLE ${client.escapeIdentifier(role)} NOLOGIN`;
const grantRole = (client: Client, role: string) => `GRANT ${client.escapeIdentifier(role)} TO CURRENT_USER`;

/* What the server says to the role being taken, which is the thing itself: memberships have had options since PostgreSQL 16. */
async function faultOfTaking(client: Client, role: string): Promise<string | undefined> {
  try {
    await client.query(`SET ROLE ${client.escapeIdentifier(role)}; RESET ROLE`);
    return undefined;
  } catch (error) {
    if (![UNDEFINED_ROLE, INSUFFICIENT_PRIVILEGE].includes(codeOf(error))) throw error;
    return codeOf(error);
  }
}

async function refusal(client: Client, role: string): Promise<Error> {
  const { rows } = await client.query<{ owner: string; exists: boolean }>(
    'SELECT quote_ident(current_user) AS owner, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS exists',
    [role],
  );
  const [{ owner, exists } = { owner: 'the owner', exists: false }] = rows;
  const name = client.escapeIdentifier(role);
  const statements = [...(exists ? [] : [`CREATE ROLE ${name} NOLOGIN;`]), `GRANT ${name} TO ${owner};`];
  return new Error(
    `The API works as the role ${role}, which ${owner} may not ${exists ? 'take' : 'create'}. Let a superuser run this once, and start again:\n` +
      `${statements.map((statement) => `  ${statement}`).join('\n')}\nOr give the API a login of its own (DATABASE_URL), and MIGRATION_DATABASE_URL the owner's.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
