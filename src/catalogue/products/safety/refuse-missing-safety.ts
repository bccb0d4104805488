import type { Ctx } from '../../../context/context';
import type { Violation } from '../../../problems/problem';
import { mergePatch } from '../../../resource/write/merge-patch';
import type { PendingWrite } from '../../../resource/write/pending-write';
import { productSafetyMissing } from '../../problems';
import { EU_MEMBER_STATES } from './eu-member-states';
import type { Contact, ProductSafety } from './product-safety.schemas';

const ADDRESSES = ['name', 'postalAddress', 'electronicAddress'] as const;

/**
 * Refuses, with `product_safety_missing` (422) that names each missing member, the writes after which a product is active without its safety
 * information, where REQUIRE_PRODUCT_SAFETY is true. A product that is active already may change in all else: the setting asks at activation,
 * and where the information itself changes.
 */
export function refuseMissingSafety({ env }: Pick<Ctx, 'env'>, writes: readonly PendingWrite[]): void {
  for (const write of writes) dropNulls(write);
  if (!env.REQUIRE_PRODUCT_SAFETY) return;
  for (const write of writes.filter(activates)) {
    const errors = missingSafety(write.valueAfter('productSafety') as ProductSafety | null);
    if (errors.length > 0) write.refuse(productSafetyMissing.because(DETAIL, { errors }));
  }
}

const DETAIL =
  'A product is offered with its safety information (Regulation (EU) 2023/988, article 19). Add what is missing, or leave the product a draft.';

/** Returns what is missing in the safety information of a product that is offered. */
export function missingSafety(safety: ProductSafety | null | undefined): Violation[] {
  const { manufacturer, responsiblePerson, warnings } = safety ?? {};
  const isOutside = Boolean(manufacturer?.country) && !EU_MEMBER_STATES.has(String(manufacturer?.country));
  return [
    ...missingIn('manufacturer', [...ADDRESSES, 'country'], manufacturer),
    ...(isOutside ? missingIn('responsiblePerson', [...ADDRESSES, 'country'], responsiblePerson) : []),
    ...(isOutside ? outsideOf(responsiblePerson) : []),
    ...(warnings ? [] : [required('warnings')]),
  ];
}

function missingIn(name: string, members: readonly (keyof Contact)[], contact: Contact | null | undefined): Violation[] {
  return members.filter((member) => !contact?.[member]).map((member) => required(`${name}/${member}`));
}

function required(path: string): Violation {
  return {
    pointer: `/productSafety/${path}`,
    code: 'required',
    message: `productSafety.${path.replace('/', '.')} is required of an active product`,
  };
}

function outsideOf(person: Contact | null | undefined): Violation[] {
  if (!person?.country || EU_MEMBER_STATES.has(person.country)) return [];
  const message = 'productSafety.responsiblePerson.country must be a member state of the EU';
  return [{ pointer: '/productSafety/responsiblePerson/country', code: 'not_allowed', message }];
}

/* A member that is null is one that nobody knows: it is left out, as a merge patch leaves it out. */
function dropNulls(write: PendingWrite): void {
  const { productSafety } = write.values;
  if (productSafety) write.values = { ...write.values, productSafety: mergePatch({}, productSafety) };
}

function activates(write: PendingWrite): boolean {
  if (write.valueAfter('status') !== 'active') return false;
  const { operation, row, values } = write;
  return operation !== 'update' || row?.get('status') !== 'active' || 'productSafety' in values;
}
