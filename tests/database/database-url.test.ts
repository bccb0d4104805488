import { databaseAddress, sequelizeOptions } from '../../src/database/connection/database-url';

test('every part of a DATABASE_URL may be percent-encoded, also the name of the database', () => {
  const url = 'postgres://the%40shop:p%25ss%20w%2Frd@[::1]:5433/my%20shop%2F2?sslmode=disable&application_name=mine';
  const address = { host: '::1', port: 5433, user: 'the@shop', password: 'p%ss w/rd', database: 'my shop/2' };
  expect(databaseAddress(url)).toMatchObject({ ...address, options: { ssl: false, application_name: 'mine' } });
  expect(sequelizeOptions(url, { application_name: 'storekeeper', keepAlive: true })).toMatchObject({
    dialect: 'postgres',
    username: 'the@shop',
    password: 'p%ss w/rd',
    database: 'my shop/2',
    dialectOptions: { ssl: false, application_name: 'mine', keepAlive: true },
  });
});

test('parts that a DATABASE_URL lacks are left to the driver', () => {
  expect(databaseAddress('postgres://localhost')).toMatchObject({
    host: 'localhost',
    port: undefined,
    user: undefined,
    database: undefined,
  });
});
