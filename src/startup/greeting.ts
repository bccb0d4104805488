import type { PreparedAdministrator } from './prepare-administrator';

/** Returns the text of the terminal once the shop is open: its addresses, and a command to try. */
export function greeting(address: string, seconds: string): string {
  return [
    '',
    `Storekeeper is open (${seconds} s)`,
    `  API     ${address}/v1`,
    `  Docs    ${address}/docs`,
    `  Health  ${address}/health`,
    '',
    'Try it:',
    `  curl -s '${address}/v1/products?limit=3'`,
    '',
  ].join('\n');
}

/** Returns the text about the first administrator; it shows a generated password, or names the file that has it, only then. */
export function administratorNotice({ outcome, email, generatedPassword, passwordFile }: PreparedAdministrator): string {
  if (outcome === 'email taken')
    return [
      '',
      `The shop has no permanent administrator, and ADMIN_EMAIL (${email}) belongs to a user, who was not changed.`,
      `To make that user the administrator, with a new password: npm run admin:reset -- ${email}`,
      'To create another administrator, run the same command with another email.',
    ].join('\n');
  if (!generatedPassword) return `Created the administrator ${email} with the password of ADMIN_PASSWORD.`;
  if (passwordFile)
    return `Created the administrator ${email}. The password is in ${passwordFile}, which only its owner can read: sign in, change it, and delete the file.`;
  return `\nCreated the administrator ${email} with the password ${generatedPassword}\n(shown only now; the shop stores a hash).`;
}

/** Returns the line about the role that the API takes where it logs in as the owner of the tables. */
export function roleNotice(role: string): string {
  return (
    `The API works as the role ${role}, which cannot change the audit log; DATABASE_URL holds its owner's password, with which one can. ` +
    'A login of its own guards the log (README, "Two logins").'
  );
}
