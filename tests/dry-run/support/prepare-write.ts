import { v7 } from 'uuid';
import { componentName } from '../../../src/resource/definition/schemas';
import type { Person } from '../../factories/people';
import type { Shop } from '../../support/shop';

/** The shop of the cases, and who acts in them. */
export interface Cast {
  readonly shop: Pick<Shop, 'call' | 'query'>;
  readonly admin: Person;
  readonly buyer: Person;
}

/** A write that succeeds: the path, who sends it, and its body. */
export interface Write {
  readonly path: string;
  readonly by: Person;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes what a write needs, and returns the write. */
export type Prepare = (cast: Cast) => Promise<Write>;

/** Creates an object, and returns its id. */
export const made = async ({ shop, admin }: Cast, path: string, body: unknown): Promise<string> => {
  const { status, body: object } = await shop.call('post', path, { token: admin.token, body });
  if (status !== 201) throw new Error(JSON.stringify(object));
  return String(object.id);
};

let count = 0;
/** Returns another number at each call. */
export const numbered = () => {
  count += 1;
  return count;
};
/** Returns a text that no other call returns. */
export const unique = (word: string) => `${word} ${numbered()}`;

/** Returns the cases of the verbs that resources share, for a resource with these values. */
export function verbs(
  path: string,
  one: string,
  valuesIn: (cast: Cast) => Promise<object>,
  change: object,
  hasPut = true,
): Record<string, Prepare> {
  const name = path.replace('/v1/', '');
  const many = componentName(name);
  const deletedIn = async (cast: Cast) => {
    const id = await made(cast, path, await valuesIn(cast));
    await cast.shop.call('delete', `${path}/${id}`, { token: cast.admin.token });
    return id;
  };
  return {
    [`create${one}`]: async (cast) => ({ path, by: cast.admin, body: await valuesIn(cast) }),
    [`patch${one}`]: async (cast) => ({ path: `${path}/${await made(cast, path, await valuesIn(cast))}`, by: cast.admin, body: change }),
    ...(hasPut && { [`put${one}`]: async (cast: Cast) => ({ path: `${path}/${v7()}`, by: cast.admin, body: await valuesIn(cast) }) }),
    [`delete${one}`]: async (cast) => ({ path: `${path}/${await made(cast, path, await valuesIn(cast))}`, by: cast.admin }),
    [`restore${one}`]: async (cast) => ({ path: `${path}/${await deletedIn(cast)}/restore`, by: cast.admin }),
    [`bulk${many}`]: async (cast) => ({
      path: `${path}/bulk`,
      by: cast.admin,
      body: {
        operations: [
          { op: 'update', id: await made(cast, path, await valuesIn(cast)), data: change },
          { op: 'delete', id: await made(cast, path, await valuesIn(cast)) },
          { op: 'restore', id: await deletedIn(cast) },
          { op: 'delete', id: v7() },
        ],
        atomic: false,
      },
    }),
    [`updateMatching${many}`]: async (cast) => ({
      path: `${path}/bulk/update`,
      by: cast.admin,
      body: { filter: { id: await made(cast, path, await valuesIn(cast)) }, limit: 1, data: change },
    }),
  };
}

/** Returns the case of an import of a file of two lines, of which the second is refused. */
export const imported = (path: string, header: string, row: () => string): Prepare => {
  return async ({ admin }) => ({
    path: `${path}/import`,
    by: admin,
    body: `${header}\n${row()}\n${header.replace(/[^,]/g, '')}\n`,
    headers: { 'Content-Type': 'text/csv' },
  });
};
