import { EventEmitter, once } from 'node:events';
import { Client } from 'pg';
import { signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

test('does not cache an actor that was read before a log-out and arrives after it', async () => {
  const person = await signUp(shop);
  const me = () => shop.call('get', '/v1/me', { token: person.token });
  const held = holdActors();
  const overtaken = me();
  await held.read;
  expect((await shop.call('post', '/v1/auth/logout', { body: { refreshToken: person.refreshToken } })).status).toBe(204);
  held.release();
  expect((await overtaken).status).toBe(200);
  expect((await me()).status).toBe(401);
});

/** Runs the next query for an actor at once, but delivers its result only at the release. */
function holdActors(): { read: Promise<unknown>; release(): boolean } {
  const plain = Client.prototype.query;
  const gate = new EventEmitter();
  const [read, released] = [once(gate, 'read'), once(gate, 'release')];
  const holding = jest.spyOn(Client.prototype, 'query').mockImplementation(function hold(this: Client, ...args: unknown[]) {
    const answer = Reflect.apply(plain, this, args) as Promise<unknown>;
    if (!String((args[0] as { text?: string }).text).includes('ends_in_ms')) return answer as never;
    holding.mockRestore();
    void answer.then(() => gate.emit('read'));
    return released.then(() => answer) as never;
  });
  return { read, release: () => gate.emit('release') };
}
