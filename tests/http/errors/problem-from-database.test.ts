import { OutcomeUnknownError } from '../../../src/database/transaction/commit';
import { problemFromDatabase } from '../../../src/http/errors/problem-from-database';

/** An error as the driver throws it, with a message in any language. */
const raised = (code: string) => Object.assign(new Error('Meldung'), { code, severity: 'FEHLER' });
const told = (error: unknown, method = 'PATCH') => {
  const problem = problemFromDatabase(error, method, {});
  return problem && { status: problem.type.status, code: problem.type.code, retryAfter: problem.headers['Retry-After'] };
};

const BY_SQLSTATE: Readonly<Record<string, readonly string[]>> = {
  // Connections, shutdowns, timeouts of the session and of statements, resources, the server itself.
  'unavailable 503 1': [
    ...['08000', '08003', '08006', '25006', '25P03', '25P04', '28000', '28P01', '3D000', '53000', '53200', '53300', '53400'],
    ...['57000', '57014', '57P01', '57P02', '57P03', '57P04', '57P05', '58000', '58030', '58P01'],
  ],
  'unavailable 503 60': ['53100'],
  'busy 503 1': ['40000', '40001', '40P01', '40002', '55006', '55P03'],
  'value_taken 409': ['23505', '23P01'],
  'invalid_body 422': ['22001', '22003', '22P02', '23502', '23503', '23514', '54000'],
  // Faults of this program.
  'internal_error 500': ['0A000', '25P01', '25P02', '42601', '42501', '42P01', 'P0001', 'XX000', 'XX001'],
};

test.each(Object.entries(BY_SQLSTATE))('answers %s', (answer, sqlstates) => {
  const [code, status, retryAfter] = answer.split(' ');
  for (const sqlstate of sqlstates) {
    expect([sqlstate, told(raised(sqlstate))]).toEqual([sqlstate, { code, status: Number(status), retryAfter }]);
    expect([sqlstate, told({ original: raised(sqlstate) })]).toEqual([sqlstate, { code, status: Number(status), retryAfter }]);
  }
});

test('tells a delete that something refers to the object, and a read that a parameter is out of range', () => {
  expect(told(raised('23503'), 'DELETE')).toMatchObject({ status: 409, code: 'in_use' });
  expect(told(raised('22003'), 'GET')).toMatchObject({ status: 400, code: 'invalid_parameters' });
});

test.each(['Connection terminated unexpectedly', 'Query read timeout', 'Client was closed and is not queryable'])(
  'answers 503 when the driver says "%s"',
  (message) => expect(told(new Error(message))).toEqual({ status: 503, code: 'unavailable', retryAfter: '1' }),
);

test('never invites to try again what may be done, whatever broke during the commit', () => {
  for (const cause of [raised('57P01'), raised('40001'), new Error('Connection terminated')]) {
    expect(told(new OutcomeUnknownError(cause))).toEqual({ status: 503, code: 'outcome_unknown', retryAfter: undefined });
  }
  expect(problemFromDatabase(new OutcomeUnknownError(null), 'POST', {})?.detail).toContain('look up whether it did before you repeat it');
});

test('leaves other errors to others', () => expect(problemFromDatabase(new Error('of another kind'), 'GET', {})).toBeNull());
