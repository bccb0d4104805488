import { queryOn, withConnection } from '../../../src/database/sql/statement';
import { useShop } from '../../support/use-shop';

const { shop } = useShop({}, { DB_POOL_MAX: '1' });

const ask = (text: string) => withConnection(shop.sequelize, (connection) => queryOn(connection, { text, values: [] }));

test('hands no session that PostgreSQL ended to a waiting request', async () => {
  await ask('SELECT 1 AS one');
  const ended = expect(ask('SELECT pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({ code: '57P01' });
  const next = ask('SELECT 1 AS one');
  await ended;
  expect(await next).toEqual([{ one: 1 }]);
});
