import type { FirstAdministrator } from '../accounts';

/** What the terminal shows once the shop is open: where things are, and a line to paste. */
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

/** What the terminal shows as soon as there is a new administrator, or cannot be one: a generated password is shown this once. */
export function introduction({ outcome, email, generatedPassword }: FirstAdministrator): string {
  if (outcome === 'email taken')
    return [
      '',
      `The shop has no administrator who can sign in for good, and ADMIN_EMAIL (${email}) is a user's, who stays as they are.`,
      `To make that user the administrator, with a new password: npm run admin:reset -- ${email}`,
      'To make another one, name another email there.',
    ].join('\n');
  if (!generatedPassword) return `Made the administrator ${email}, with the password of ADMIN_PASSWORD.`;
  return `\nMade the administrator ${email} with the password ${generatedPassword}\n(shown this once; it is stored only as a hash).`;
}
