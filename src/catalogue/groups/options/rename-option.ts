import type { TxContext } from '../../../context/context';
import type { Conditions } from '../../../http/endpoint';
import type { Reply } from '../../../http/output/reply';
import { invalidBody } from '../../../problems/common-problems';
import { readObject, replyWith } from '../../../resource/read/read-one';
import { lockRow, requireVersion } from '../../../resource/write/lock-row';
import { AXIS_NAME, MAX_AXIS_LENGTH, type OptionAxis } from '../option-axes';
import { productGroups } from '../product-group.resource';
import { deferOptionsGuard, enforceOptionsGuard, renameAxis, renameValue } from './option.queries';
import type { Renaming } from './rename-option.schemas';

/**
 * Renames an option of a group, or a value of one, in the group and in its products, and returns the reply with the group. Throws
 * `not_found` (404), `invalid_body` (422) for an unknown name or one that is there already, `precondition_failed` (412).
 */
export async function renameOption(tx: TxContext, id: string, renaming: Renaming, { ifMatch }: Conditions): Promise<Reply> {
  const { option, value, to } = renaming;
  const group = await lockRow(tx, productGroups, id);
  requireVersion(productGroups, group, ifMatch);
  const options = renamed(group.get('options') as readonly OptionAxis[], renaming);
  await deferOptionsGuard(tx);
  await group.set({ options }).save({ transaction: tx.transaction });
  await (value === undefined ? renameAxis(tx, id, option, to) : renameValue(tx, id, option, value, to));
  await enforceOptionsGuard(tx);
  return replyWith(await readObject(tx, productGroups, id));
}

function renamed(axes: readonly OptionAxis[], { option, value, to }: Renaming): readonly OptionAxis[] {
  const names = axes.map(({ name }) => name);
  if (value === undefined) {
    requireRenaming('option', 'options', names, option, to);
    if ([...to].length > MAX_AXIS_LENGTH) throw refused('to', 'too_long', `An option has a name of at most ${MAX_AXIS_LENGTH} characters`);
    if (!AXIS_NAME.pattern.test(to)) throw refused('to', 'wrong_format', `The name of an option must ${AXIS_NAME.rule}`);
    return axes.map((axis) => (axis.name === option ? { ...axis, name: to } : axis));
  }
  requireKnown('option', 'options', names, option);
  return axes.map((axis) => {
    if (axis.name !== option) return axis;
    requireRenaming('value', `values of ${option}`, axis.values, value, to);
    return { ...axis, values: axis.values.map((each) => (each === value ? to : each)) };
  });
}

function requireRenaming(member: string, what: string, names: readonly string[], from: string, to: string): void {
  requireKnown(member, what, names, from);
  if (from !== to && names.includes(to)) throw refused('to', 'taken', `"${to}" is one of the ${what} already`);
}

function requireKnown(member: string, what: string, names: readonly string[], from: string): void {
  if (!names.includes(from))
    throw refused(member, 'not_allowed', `The group has no ${member} "${from}"; its ${what} are ${names.join(', ')}`);
}

function refused(member: string, code: string, message: string) {
  return invalidBody.because(`${message}.`, { errors: [{ pointer: `/${member}`, code, message }] });
}
