import { invalidBody } from '../../../problems/common-problems';

/* Names that people would take for the shop itself, or for a part of its addresses. */
const RESERVED = new Set(
  `abuse account accounts admin administrator anonymous api auth billing contact everyone guest help helpdesk hostmaster info login logout
  mail me moderator nobody noreply null official orders owner postmaster register root sales security service shop signup staff storekeeper
  superuser support sysadmin system team undefined user users webmaster`.split(/\s+/),
);

/** Returns whether nobody may take a username, whatever its case, dots, dashes and underscores. */
export function isReserved(username: string): boolean {
  return RESERVED.has(username.toLowerCase().replaceAll(/[._-]/g, ''));
}

/** Throws `invalid_body` (422) where a username is reserved. */
export function requireUnreserved(username: string): void {
  if (!isReserved(username)) return;
  const message = 'username is reserved; choose another';
  throw invalidBody.because(message, { errors: [{ pointer: '/username', code: 'reserved', message }] });
}
