import type { Ctx } from '../../context/context';
import { type Routes, reads, writes } from '../../http/endpoint';
import { list, named } from '../../schema/schema';
import { JsonText, noContent, ok } from '../../http/output/reply';
import { actorId } from '../../context/permission';
import { valueTaken } from '../../problems/common-problems';
import { readObject } from '../../resource/read/read-one';
import { objectSchema, patchSchema } from '../../resource/definition/schemas';
import { patchObject } from '../../resource/write/resource.service';
import { wrongPassword } from '../problems';
import { permissionSchema } from '../roles/role.schemas';
import { changePassword } from './change-password';
import { changeProfile } from './profile';
import { profiles, users } from './user.resource';
import { namesSchema, newPasswordSchema } from './user.schemas';

const meSchema = () => named('Me', objectSchema(users).keys({ permissions: list(permissionSchema, 0, 100_000) }));

export const meRoutes: Routes = {
  prefix: '/v1/me',
  tag: 'Me',
  about: 'Whoever is signed in.',
  endpoints: [
    reads({
      method: 'get',
      path: '/',
      id: 'readMe',
      summary: 'Read who is signed in, with profile, roles and permissions',
      access: 'signed-in',
      answers: { 200: { about: 'The user.', schema: meSchema } },
      run: async (ctx) => ok(await me(ctx)),
    }),
    writes({
      method: 'patch',
      path: '/',
      id: 'patchMe',
      summary: 'Change one’s own names',
      access: 'signed-in',
      body: namesSchema,
      example: { firstName: 'Ana' },
      honours: ['If-Match'],
      answers: { 200: { about: 'The user.', schema: () => objectSchema(users), headers: ['ETag'] } },
      problems: [valueTaken],
      run: (tx, { body, conditions }) => patchObject(tx, users, myId(tx), body, conditions),
    }),
    writes({
      method: 'patch',
      path: '/profile',
      id: 'patchMyProfile',
      summary: 'Change one’s own profile',
      access: 'signed-in',
      body: patchSchema(profiles),
      example: { displayName: 'Ana' },
      honours: ['If-Match'],
      answers: { 200: { about: 'The profile.', schema: () => objectSchema(profiles), headers: ['ETag'] } },
      run: (tx, { body, conditions }) => changeProfile(tx, myId(tx), body, conditions),
    }),
    reads({
      method: 'put',
      path: '/password',
      id: 'changePassword',
      summary: 'Change one’s own password',
      about: 'Ends every session: sign in again.',
      access: 'signed-in',
      strictlyLimited: true,
      body: newPasswordSchema,
      example: { currentPassword: 'correct horse battery', newPassword: 'battery horse correct' },
      answers: { 204: { about: 'It is changed.' } },
      problems: [wrongPassword],
      run: async (ctx, { body }) => {
        await changePassword(ctx, myId(ctx), body.currentPassword, body.newPassword);
        return noContent();
      },
    }),
  ],
};

async function me(ctx: Ctx): Promise<JsonText> {
  const { text: user } = await readObject(ctx, users, myId(ctx), { fields: null, include: ['profile', 'roles'] });
  const permissions = ctx.actor.kind === 'user' ? [...ctx.actor.permissions] : [];
  return new JsonText(`${user.text.slice(0, -1)},"permissions":${JSON.stringify(permissions)}}`);
}

function myId({ actor }: Pick<Ctx, 'actor'>): string {
  const id = actorId(actor);
  if (id === null) throw new Error('an endpoint for whoever is signed in was reached by nobody');
  return id;
}
