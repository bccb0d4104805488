import { Decimal } from 'decimal.js';
import type { ModelStatic } from 'sequelize';
import { Category, Product } from '../../catalogue';
import type { TxContext } from '../../context/context';
import { invalidBody } from '../../problems/common-problems';
import { requireAmountOf } from '../../resource/write/checks/require-amounts';
import { acceptedOf, type PendingWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';

/** The write hooks of discount codes: refuse a value that the kind cannot have, and products and categories that do not exist. */
export const discountCodeHooks: WriteHooks = { beforeCreate: checkCodes, beforeChange: checkCodes };

async function checkCodes(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  for (const write of writes) write.check(() => requireValue(write));
  await refuseUnknownIds(tx, Product, writes, 'productIds');
  await refuseUnknownIds(tx, Category, writes, 'categoryIds');
}

function requireValue(write: PendingWrite): void {
  const after = (name: string) => write.valueAfter(name) as string | null;
  const value = new Decimal(after('value') ?? 0);
  const currency = after('currency');
  const minimum = after('minimum');
  if (after('kind') === 'free_shipping' && !value.isZero()) throw wrong('value', 'A code for free shipping has no value; leave it out');
  if (after('kind') !== 'free_shipping' && value.isZero()) throw wrong('value', 'must be above 0');
  if (after('kind') === 'percent' && value.greaterThan(100)) throw wrong('value', 'must be at most 100 percent');
  if ((after('kind') === 'amount' || minimum !== null) && currency === null) throw wrong('currency', 'Name the currency of the amount');
  if (minimum !== null && new Decimal(minimum).isZero()) throw wrong('minimum', 'must be above 0; leave it out for none');
  if (currency === null) return;
  if (after('kind') === 'amount') requireAmountOf(currency, 'value', value.toFixed());
  if (minimum !== null) requireAmountOf(currency, 'minimum', minimum);
}

function wrong(name: string, message: string) {
  return invalidBody.because(`${name}: ${message}.`, { errors: [{ pointer: `/${name}`, code: 'invalid_value', message }] });
}

/* One statement for all writes. What is deleted later simply no longer gets the discount. */
async function refuseUnknownIds(
  { transaction }: TxContext,
  model: ModelStatic<Product> | ModelStatic<Category>,
  writes: readonly PendingWrite[],
  name: string,
): Promise<void> {
  const naming = acceptedOf(writes).filter(({ values }) => name in values);
  const idsOf = ({ values }: PendingWrite) => values[name] as readonly string[];
  const wanted = [...new Set(naming.flatMap(idsOf))];
  if (wanted.length === 0) return;
  const rows = await (model as ModelStatic<Product>).findAll({ attributes: ['id'], where: { id: wanted }, transaction });
  const found = new Set(rows.map(({ id }) => id));
  for (const write of naming) {
    const errors = idsOf(write).flatMap((id, index) =>
      found.has(id) ? [] : [{ pointer: `/${name}/${index}`, code: 'unknown_reference', message: `${id} does not exist` }],
    );
    if (errors.length > 0) write.refuse(invalidBody.because(`Some ids in ${name} do not exist; see "errors".`, { errors }));
  }
}
