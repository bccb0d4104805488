import type { TxContext } from '../../../context/context';
import { acceptedOf, type LockedWrite, type PendingWrite } from '../../../resource/write/pending-write';
import { optionInUse } from '../../problems';
import type { OptionAxis, OptionValues } from '../option-axes';
import { addOptionValues, deferOptionsGuard, enforceOptionsGuard, type OptionUse, optionUses } from './option.queries';

/* What new axes give to the products that a group has already. */
const additions = new WeakMap<PendingWrite, OptionValues>();

/**
 * Refuses, with `option_in_use` (409), to take away options and values that products of the group have. Those products get the first value of
 * each new option, once the group is written (`completeProducts`).
 */
export async function refuseUsedOptions(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const changed = writes.filter(({ values }) => 'options' in values);
  if (changed.length === 0) return;
  const uses = await optionUses(
    tx,
    changed.map(({ id }) => id),
  );
  for (const write of changed) {
    const used = uses.filter(({ groupId }) => groupId === write.id);
    const axes = write.values.options as readonly OptionAxis[];
    const lost = used.filter(({ axis, value }) => !axes.find(({ name }) => name === axis)?.values.includes(value));
    if (lost.length > 0) write.refuse(inUse(lost));
    else addAxes(write, axes);
  }
  if (acceptedOf(changed).some((write) => additions.has(write))) await deferOptionsGuard(tx);
}

/** Gives the products of written groups their values of new options. */
export async function completeProducts(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  const completed = writes.flatMap((write) => {
    const added = additions.get(write);
    return added ? [{ groupId: write.id, added }] : [];
  });
  if (completed.length === 0) return;
  await addOptionValues(tx, completed);
  await enforceOptionsGuard(tx);
}

function addAxes(write: LockedWrite, axes: readonly OptionAxis[]): void {
  const former = new Set((write.row.get('options') as readonly OptionAxis[]).map(({ name }) => name));
  const added = axes.filter(({ name }) => !former.has(name)).map(({ name, values }): [string, string] => [name, values[0] ?? '']);
  if (added.length > 0) additions.set(write, Object.fromEntries(added));
}

function inUse(lost: readonly OptionUse[]) {
  const errors = lost.map(({ axis, value, products }) => ({
    pointer: '/options',
    code: 'in_use',
    message: `${axis} ${value} is in use (products: ${products})`,
  }));
  const [first] = errors;
  const more = errors.length > 1 ? `, and so ${errors.length === 2 ? 'is 1 other value' : `are ${errors.length - 1} other values`}` : '';
  return optionInUse.because(
    `${first?.message}${more}. Change or delete those products first, or rename the option or value: POST /v1/product-groups/{id}/rename-option.`,
    { errors },
  );
}
