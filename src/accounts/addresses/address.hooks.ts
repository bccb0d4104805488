import type { TxContext } from '../../context/context';
import { actorId, holds } from '../../context/permission';
import { queryAll } from '../../database/sql/statement';
import { forbidden, invalidBody } from '../../problems/common-problems';
import type { LockedWrite, NewWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { Address } from './address.model';

const MAX_ADDRESSES = 100;

/** The write hooks of addresses: users write their own, a hundred at most; staff with `addresses:write` change and delete any. */
export const addressHooks: WriteHooks = {
  lockBefore: lockOwners,
  beforeCreate: ownAddresses,
  authorize: (tx, writes) => {
    for (const write of writes) requireOwn(tx, write);
  },
};

/* Before the addresses: a new default changes another address of its user, which a second writer may hold. */
async function lockOwners(tx: TxContext, ids: readonly string[]): Promise<void> {
  const text = `SELECT FROM users WHERE id IN (SELECT user_id FROM addresses WHERE id = ANY ((SELECT $1::uuid[])::uuid[])) ORDER BY id FOR NO KEY UPDATE`;
  await queryAll(tx, { text, values: [ids] });
}

/* Counted under the lock of the user, which the trigger of default addresses takes, too. */
async function ownAddresses(tx: TxContext, writes: readonly NewWrite[]): Promise<void> {
  const userId = actorId(tx.actor);
  if (userId === null) throw forbidden.because('An address belongs to a person: sign in as the one whose it is.');
  await queryAll(tx, { text: 'SELECT FROM users WHERE id = $1::uuid FOR NO KEY UPDATE', values: [userId] });
  const count = await Address.count({ where: { userId }, transaction: tx.transaction });
  for (const [index, write] of writes.entries()) {
    if (count + index >= MAX_ADDRESSES) write.refuse(tooMany());
    write.values = { ...write.values, userId };
  }
}

function requireOwn(tx: TxContext, write: LockedWrite): void {
  const isOwn = write.row.get('userId') === actorId(tx.actor);
  if (!isOwn && !holds(tx.actor, 'addresses:write')) write.refuse(forbidden.because('This address is another person’s.'));
}

function tooMany() {
  const message = `an address book has at most ${MAX_ADDRESSES} addresses; delete one first`;
  return invalidBody.because(message, { errors: [{ pointer: '', code: 'too_many', message }] });
}
