import { EVERY_WRITE } from '../dry-run/support/every-write';
import { type Cast, made } from '../dry-run/support/prepare-write';
import { makeProduct } from '../factories/products';
import type { Contract } from '../support/contract';
import type { Operation } from './operations';

/** Values that match the objects of the shop. */
export interface Fixtures {
  /** Returns a path parameter of an operation, which may change or delete the object that it names. */
  parameter(operationId: string, name: string): string;
  /** Returns a body that the operation accepts at its path; undefined where it has no case. */
  body(operationId: string): unknown;
  /** The objects that bodies refer to. */
  readonly references: References;
}

/** Objects that no operation deletes. */
export interface References {
  readonly productId: string;
  readonly parentId: string;
}

const WHAT_TO_ADD =
  'add a case to EVERY_WRITE in tests/dry-run/support/every-write.ts, of the operation itself or of a write that makes its object.';

type Parameters = Readonly<Record<string, string>>;

interface Prepared {
  readonly parameters: Parameters;
  readonly body?: unknown;
}

/**
 * Prepares each operation by the cases of the dry-run test, which has one per write, so that a new resource needs nothing here. Each write
 * is sent once before, with and without the token, and both answers are held to the whole document. Some objects that are read appear only
 * along with others, such as refunds, prices and imports.
 */
export async function makeFixtures(
  cast: Cast,
  contract: Contract,
  all: readonly Operation[],
  covered: readonly Operation[],
): Promise<Fixtures> {
  const productId = await makeProduct(cast.shop, cast.admin, { stockQuantity: 100_000_000 });
  const parentId = await made(cast, '/v1/categories', { name: 'Parent' });
  for (const operation of all) await send(cast, contract, operation);
  const prepared = new Map<string, Prepared>();
  for (const operation of covered) prepared.set(operation.id, await prepare(cast, operation, all));
  return {
    parameter: (id, name) => {
      const value = prepared.get(id)?.parameters[name];
      if (value === undefined) throw new Error(`${id} has no fixture for {${name}}: ${WHAT_TO_ADD}`);
      return value;
    },
    body: (id) => prepared.get(id)?.body,
    references: { productId, parentId },
  };
}

async function send(cast: Cast, contract: Contract, { id, method }: Operation): Promise<void> {
  const write = await EVERY_WRITE[id]?.(cast);
  if (!write) return;
  const { path, by, body, headers = {} } = write;
  const response = await cast.shop.call(method, path, { token: by.token, body, headers });
  if (response.status >= 400) throw new Error(`${id}: ${method.toUpperCase()} ${path} → ${response.status}\n${response.text}`);
  contract.check(method, path, response);
  const refusal = await cast.shop.call(method, path, { body, headers });
  contract.check(method, path, refusal);
}

async function prepare(cast: Cast, operation: Operation, all: readonly Operation[]): Promise<Prepared> {
  const write = await EVERY_WRITE[operation.id]?.(cast);
  if (!write) return { parameters: await existing(cast, operation, all) };
  const { path, body } = write;
  return { parameters: operation.canCreate ? await existing(cast, operation, all) : parametersIn(operation.path, path), body };
}

/* Of a write at the same object or below it, which is prepared but never sent; otherwise of the latest object. */
async function existing(cast: Cast, { path }: Operation, all: readonly Operation[]): Promise<Parameters> {
  const object = /^.*\}/.exec(path)?.[0];
  if (!object) return {};
  const isOfIt = (other: Operation) => other.path === object || other.path.startsWith(`${object}/`);
  const neighbour = all.find((other) => other.id in EVERY_WRITE && isOfIt(other) && !other.canCreate && !other.id.startsWith('restore'));
  const write = neighbour && (await EVERY_WRITE[neighbour.id]?.(cast));
  if (neighbour && write) return parametersIn(neighbour.path, write.path);
  const list = object.replace(/\/\{id\}$/, '');
  const { body } = await cast.shop.call('get', `${list}?limit=1`, { token: cast.admin.token });
  const id = body.data?.[0]?.id;
  if (!id) throw new Error(`${path}: GET ${list} has no object to read: ${WHAT_TO_ADD}`);
  return { id };
}

function parametersIn(template: string, path: string): Parameters {
  const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  return pattern.exec(path)?.groups ?? {};
}
