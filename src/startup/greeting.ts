import type { NewAdministrator } from './prepare-database';

/** What the terminal shows once the shop is open: where things are, the administrator that was made, and a line to paste. */
export function greeting(address: string, administrator: NewAdministrator, seconds: string): string {
  return [
    '',
    `Storekeeper is open (${seconds} s)`,
    `  API     ${address}/v1`,
    `  Docs    ${address}/docs`,
    `  Health  ${address}/health`,
    ...signIn(administrator),
    '',
    'Try it:',
    `  curl -s '${address}/v1/products?limit=3'`,
    '',
  ].join('\n');
}

function signIn(administrator: NewAdministrator): string[] {
  if (!administrator) return [];
  const { email, generatedPassword } = administrator;
  if (!generatedPassword) return ['', `Made the administrator ${email}, with the password of ADMIN_PASSWORD.`];
  return ['', `Made the administrator ${email} with the password ${generatedPassword}`, '(shown this once; it is stored only as a hash).'];
}
