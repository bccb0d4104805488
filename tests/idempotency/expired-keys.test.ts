import { systemContext } from '../../src/context/system-context';
import { unitOfWork } from '../../src/database/transaction/unit-of-work';
import { expiredKeys } from '../../src/idempotency/expired-keys.queue';
import { prepareQueues, send } from '../../src/jobs';
import { runJobs } from '../jobs/support/run-jobs';
import { useShop } from '../support/use-shop';

const { shop } = useShop();

test('forgets the keys that have expired, a thousand per job, and no others', async () => {
  await prepareQueues(shop.env.MIGRATION_DATABASE_URL, [expiredKeys], { log: () => undefined, waitMs: 10_000 });
  const insert = (count: number, expiresIn: string) =>
    shop.query(
      `INSERT INTO idempotency_keys (id, request_hash, status, headers, expires_at)
       SELECT uuid_v7(), sha256('x'), 204, '{}', now() + $1::interval FROM generate_series(1, $2::int)`,
      [expiresIn, count],
    );
  await insert(1_500, '-1 minute');
  await insert(3, '1 minute');
  await unitOfWork(systemContext(shop, 'test', 'A test'), (tx) => send(tx, expiredKeys, {}));
  expect(await runJobs(shop, [expiredKeys])).toEqual(['delete-expired-idempotency-keys', 'delete-expired-idempotency-keys']);
  expect(await shop.query('SELECT count(*)::int AS kept FROM idempotency_keys')).toEqual([{ kept: 3 }]);
});
