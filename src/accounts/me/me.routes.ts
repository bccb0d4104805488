import { actorId } from '../../context/permission';
import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { apiRouter } from '../../http/routing/api-router';
import { valueTaken } from '../../problems/common-problems';
import { objectSchema, patchSchema } from '../../resource/definition/schemas';
import { list, named } from '../../schema/schema';
import { tooManyAttempts, wrongPassword } from '../problems';
import { profiles } from '../profiles/profile.resource';
import { permissionSchema } from '../roles/role.schemas';
import { users } from '../users/user.resource';
import { namesSchema, newPasswordSchema } from '../users/user.schemas';
import { userService } from '../users/user.service';
import { changeMyNames, changeMyPassword, changeMyProfile, readMe } from './me.service';

const meSchema = () => named('Me', objectSchema(users).keys({ permissions: list(permissionSchema, 0, 100_000) }));

export const meRouter = apiRouter({
  prefix: '/v1/me',
  tag: 'Me',
  description: 'The signed-in user.',
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/',
      operationId: 'readMe',
      summary: 'Read yourself, with profile, roles and permissions',
      access: 'signed-in',
      responses: { 200: { description: 'The user.', schema: meSchema } },
      run: async (ctx) => ok(await readMe(ctx)),
    }),
    endpoint({
      transaction: 'managed',
      method: 'patch',
      path: '/',
      operationId: 'patchMe',
      summary: 'Change your names',
      access: 'signed-in',
      body: namesSchema,
      example: { firstName: 'Ana' },
      conditionalHeaders: ['If-Match'],
      responses: { 200: { description: 'The user.', schema: () => objectSchema(users), headers: ['ETag'] } },
      problems: [valueTaken],
      rows: ({ actor }) => userService.rowsOf(actorId(actor) ?? ''),
      run: (tx, { body, conditions }) => changeMyNames(tx, body, conditions),
    }),
    endpoint({
      transaction: 'managed',
      method: 'patch',
      path: '/profile',
      operationId: 'patchMyProfile',
      summary: 'Change your profile',
      access: 'signed-in',
      body: patchSchema(profiles),
      example: { displayName: 'Ana' },
      conditionalHeaders: ['If-Match'],
      responses: { 200: { description: 'The profile.', schema: () => objectSchema(profiles), headers: ['ETag'] } },
      rows: ({ actor }) => [actorId(actor) ?? ''],
      run: (tx, { body, conditions }) => changeMyProfile(tx, body, conditions),
    }),
    endpoint({
      transaction: 'none',
      method: 'put',
      path: '/password',
      operationId: 'changePassword',
      dryRun: 'refused',
      summary: 'Change your password',
      description: 'Ends every session: sign in again.',
      access: 'signed-in',
      rateLimit: 'strict',
      body: newPasswordSchema,
      example: { currentPassword: 'correct horse battery', newPassword: 'battery horse correct' },
      responses: { 204: { description: 'Changed.' } },
      problems: [wrongPassword, tooManyAttempts],
      run: (ctx, { body }) => changeMyPassword(ctx, body.currentPassword, body.newPassword),
    }),
  ],
});
