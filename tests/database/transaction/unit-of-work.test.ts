import { databaseFault } from '../../../src/database/sql/database-error';
import { retried } from '../../../src/database/transaction/unit-of-work';

/** An error as the driver throws it. */
class DriverError extends Error {
  readonly severity = 'ERROR';

  constructor(
    readonly code: string,
    readonly constraint?: string,
  ) {
    super('in any language');
  }
}

function failing(code: string, times: number) {
  return jest.fn(async () => {
    if (unit.mock.calls.length <= times) throw new DriverError(code);
    return 'done';
  });
}
let unit: ReturnType<typeof failing>;

test.each(['40001', '40P01'])('repeats a unit of work that fails with %s until it succeeds', async (code) => {
  unit = failing(code, 3);
  expect(await retried(unit)).toBe('done');
  expect(unit).toHaveBeenCalledTimes(4);
});

test('throws the failure of the tenth attempt', async () => {
  unit = failing('40001', Number.POSITIVE_INFINITY);
  await expect(retried(unit)).rejects.toMatchObject({ code: '40001' });
  expect(unit).toHaveBeenCalledTimes(10);
});

test.each(['23505', '55P03', '57014', '08006'])('does not repeat a unit of work that fails with %s', async (code) => {
  unit = failing(code, 1);
  await expect(retried(unit)).rejects.toMatchObject({ code });
  expect(unit).toHaveBeenCalledTimes(1);
});

test('names the constraint of a distributed table without its shard', () => {
  const fault = { sqlstate: '23505', constraint: 'products_sku_key', table: '', column: '' };
  expect(databaseFault(new DriverError('23505', 'products_sku_key_102008'))).toEqual(fault);
  expect(databaseFault({ original: new DriverError('23505', 'products_sku_key') })).toEqual(fault);
  expect(databaseFault(new Error('of another kind'))).toBeNull();
});
