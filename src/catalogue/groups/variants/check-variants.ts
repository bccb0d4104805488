import type { TxContext } from '../../../context/context';
import { invalidBody } from '../../../problems/common-problems';
import type { Violation } from '../../../problems/problem';
import { lockLive, unknownReference } from '../../../resource/write/checks/refuse-dead-references';
import { acceptedOf, type LockedWrite, type PendingWrite } from '../../../resource/write/pending-write';
import { optionsChanged } from '../../problems';
import type { OptionValues } from '../option-axes';
import { ProductGroup } from '../product-group.model';
import { fitOptions } from './option-fit';
import { refuseFullGroups, refuseTakenOptions } from './variant.queries';

/**
 * Completes the option values of new and changed products: one per option of their group, none without a group. Refuses, with `invalid_body`
 * (422), values that do not fit the group and products beyond the most that it may have, with `value_taken` (409) those that another product
 * of the group has. Locks the groups against a change of their options.
 */
export async function checkVariants(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  const concerned = writes.filter(({ values }) => 'groupId' in values || 'optionValues' in values);
  const groups = await lockGroups(tx, concerned.map(groupOf));
  for (const write of concerned) {
    const groupId = groupOf(write);
    if (groupId === null) withoutGroup(write);
    else fitToGroup(write, groups.get(groupId));
  }
  await refuseTwins(tx, acceptedOf(concerned));
}

/**
 * Refuses to restore products whose group has other options by now (`options_changed`, 409), whose option values another product has
 * (`value_taken`, 409), and beyond the most that a group may have. That the groups live, or are restored with them, is checked already.
 */
export async function checkRestoredVariants(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const variants = acceptedOf(writes).filter((write) => groupOf(write) !== null);
  const groups = await lockGroups(tx, variants.map(groupOf));
  for (const write of variants) {
    // A group that is restored with them is still deleted, and locked.
    const group = groups.get(String(groupOf(write))) ?? write.owner?.row;
    const axes = (group as ProductGroup | undefined)?.options ?? [];
    const fitted = fitOptions(axes, optionsOf(write), {});
    if ('violations' in fitted)
      write.refuse(optionsChanged.because(`${sentences(fitted.violations)}. Change the options of the group first.`));
  }
  await refuseTwins(tx, acceptedOf(variants));
}

function groupOf(write: PendingWrite): string | null {
  return write.valueAfter('groupId') as string | null;
}

function optionsOf(write: PendingWrite): OptionValues {
  return (write.valueAfter('optionValues') ?? {}) as OptionValues;
}

function lockGroups(tx: TxContext, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, ProductGroup>> {
  return lockLive(
    tx,
    ProductGroup,
    ids.filter((id) => id !== null),
  );
}

/* A product that leaves its group leaves its option values behind. */
function withoutGroup(write: PendingWrite): void {
  const former = (write.row?.get('optionValues') ?? {}) as OptionValues;
  const given = Object.entries(optionsOf(write)).filter(([name, value]) => former[name] !== value);
  if (given.length > 0) {
    const message = 'optionValues must be empty without a group; set groupId, too';
    write.refuse(invalidBody.because(`${message}.`, { errors: [{ pointer: '/optionValues', code: 'without_group', message }] }));
  }
  if (Object.keys(optionsOf(write)).length > 0) write.values = { ...write.values, optionValues: {} };
}

function fitToGroup(write: PendingWrite, group: ProductGroup | undefined): void {
  if (!group) {
    write.refuse(unknownReference('groupId'));
    return;
  }
  const isOther = group.id !== write.row?.get('groupId');
  const former = isOther ? ((write.row?.get('optionValues') ?? {}) as OptionValues) : {};
  const fitted = fitOptions(group.options, optionsOf(write), former);
  if ('violations' in fitted) write.refuse(invalidBody.because(`${sentences(fitted.violations)}.`, { errors: fitted.violations }));
  else write.values = { ...write.values, optionValues: fitted.values };
}

async function refuseTwins(tx: TxContext, variants: readonly PendingWrite[]): Promise<void> {
  const claims = variants.flatMap((write) => {
    const groupId = groupOf(write);
    return groupId === null ? [] : [{ write, groupId, optionValues: optionsOf(write) }];
  });
  if (claims.length === 0) return;
  await refuseTakenOptions(tx, claims);
  await refuseFullGroups(
    tx,
    claims.filter(({ write, groupId }) => write.operation !== 'update' || write.row?.get('groupId') !== groupId),
  );
}

function sentences(violations: readonly Violation[]): string {
  return violations.map(({ message }) => message).join('; ');
}
