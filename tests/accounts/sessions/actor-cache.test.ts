import { EventEmitter, once } from 'node:events';
import { Client } from 'pg';
import { signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

test('does not cache an actor that was read before a log-out and arrives after it', async () => {
  const person = await signUp(shop);
  const me = () => shop.call('get', '/v1/me', { token: person.token });
  const delayed = delayActor();
  const slow = me();
  await delayed.read;
  expect((await shop.call('post', '/v1/auth/logout', { body: { refreshToken: person.refreshToken } })).status).toBe(204);
  delayed.release();
  expect((await slow).status).toBe(200);
  expect((await me()).status).toBe(401);
});

/** Runs the next query for an actor at once, but delivers its result only at the release; `read` resolves once PostgreSQL has returned it. */
function delayActor(): { read: Promise<unknown>; release(): boolean } {
  const original = Client.prototype.query;
  const gate = new EventEmitter();
  const [read, released] = [once(gate, 'read'), once(gate, 'release')];
  const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(function delay(this: Client, ...args: unknown[]) {
    const result = Reflect.apply(original, this, args) as Promise<unknown>;
    if (!String((args[0] as { text?: string }).text).includes('ends_in_ms')) return result as never;
    spy.mockRestore();
    void result.then(() => gate.emit('read'));
    return released.then(() => result) as never;
  });
  return { read, release: () => gate.emit('release') };
}
