import type { Ctx } from '../../context/context';
import { actorId } from '../../context/permission';
import { endpoint } from '../../http/endpoint';
import { JsonText, noContent, ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { valueTaken } from '../../problems/common-problems';
import { objectSchema, patchSchema } from '../../resource/definition/schemas';
import { readObject } from '../../resource/read/read-one';
import { list, named } from '../../schema/schema';
import { wrongPassword } from '../problems';
import { permissionSchema } from '../roles/role.schemas';
import { changePassword } from './change-password';
import { changeProfile } from './profile';
import { profiles, users } from './user.resource';
import { namesSchema, newPasswordSchema } from './user.schemas';
import { userService } from './user.service';

const meSchema = () => named('Me', objectSchema(users).keys({ permissions: list(permissionSchema, 0, 100_000) }));

export const meRouter = apiRouter({
  prefix: '/v1/me',
  tag: 'Me',
  description: 'Whoever is signed in.',
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/',
      operationId: 'readMe',
      summary: 'Read who is signed in, with profile, roles and permissions',
      access: 'signed-in',
      responses: { 200: { description: 'The user.', schema: meSchema } },
      run: async (ctx) => ok(await me(ctx)),
    }),
    endpoint({
      transaction: 'managed',
      method: 'patch',
      path: '/',
      operationId: 'patchMe',
      summary: 'Change one’s own names',
      access: 'signed-in',
      body: namesSchema,
      example: { firstName: 'Ana' },
      conditionalHeaders: ['If-Match'],
      responses: { 200: { description: 'The user.', schema: () => objectSchema(users), headers: ['ETag'] } },
      problems: [valueTaken],
      run: (tx, { body, conditions }) => userService.patch(tx, myId(tx), body, conditions),
    }),
    endpoint({
      transaction: 'managed',
      method: 'patch',
      path: '/profile',
      operationId: 'patchMyProfile',
      summary: 'Change one’s own profile',
      access: 'signed-in',
      body: patchSchema(profiles),
      example: { displayName: 'Ana' },
      conditionalHeaders: ['If-Match'],
      responses: { 200: { description: 'The profile.', schema: () => objectSchema(profiles), headers: ['ETag'] } },
      run: (tx, { body, conditions }) => changeProfile(tx, myId(tx), body, conditions),
    }),
    endpoint({
      transaction: 'none',
      method: 'put',
      path: '/password',
      operationId: 'changePassword',
      summary: 'Change one’s own password',
      description: 'Ends every session: sign in again.',
      access: 'signed-in',
      rateLimit: 'strict',
      body: newPasswordSchema,
      example: { currentPassword: 'correct horse battery', newPassword: 'battery horse correct' },
      responses: { 204: { description: 'It is changed.' } },
      problems: [wrongPassword],
      run: async (ctx, { body }) => {
        await changePassword(ctx, myId(ctx), body.currentPassword, body.newPassword);
        return noContent();
      },
    }),
  ],
});

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
