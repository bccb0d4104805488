import { type Endpoint, endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { valueTaken } from '../../problems/common-problems';
import { objectSchema, patchSchema } from '../../resource/definition/schemas';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { uuid } from '../../schema/schema';
import { beyondOwnPermissions } from '../problems';
import { profiles } from '../profiles/profile.resource';
import { changeProfile, readProfile } from '../profiles/profile.service';
import { userRoleEndpoints } from '../user-roles/user-role.endpoints';
import { users } from './user.resource';
import { newUserSchema } from './user.schemas';
import { registerCustomer, userService } from './user.service';

const params = { id: uuid().description('The id of the user.').required() };
const profileResponses = {
  200: { description: 'The profile.', schema: () => objectSchema(profiles), headers: ['ETag'] },
} satisfies Endpoint['responses'];

export const userRouter = apiRouter({
  prefix: users.prefix,
  tag: users.tag,
  description: users.description,
  endpoints: [
    ...resourceEndpoints(userService),
    endpoint({
      transaction: 'none',
      method: 'post',
      path: '/',
      operationId: 'createUser',
      summary: 'Create a user',
      description: 'The user gets the role customer. Assign other roles with POST /v1/users/{id}/roles.',
      access: 'users:write',
      body: newUserSchema,
      example: { email: 'ana@example.com', username: 'ana', password: 'correct horse battery', firstName: 'Ana', lastName: 'Trujillo' },
      responses: { 201: { description: 'The new user.', schema: () => objectSchema(users), headers: ['Location', 'ETag'] } },
      problems: [valueTaken],
      run: (ctx, { body }) => registerCustomer(ctx, body),
    }),
    endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id/profile',
      operationId: 'readUserProfile',
      summary: 'Read a user’s profile',
      access: 'signed-in',
      params,
      conditionalHeaders: ['If-None-Match'],
      responses: profileResponses,
      run: (ctx, { params: { id }, conditions }) => readProfile(ctx, id, conditions),
    }),
    endpoint({
      transaction: 'managed',
      method: 'patch',
      path: '/:id/profile',
      operationId: 'patchUserProfile',
      summary: 'Change a user’s profile',
      description: 'Your own profile, or with users:write that of a user who holds no more permissions than you.',
      access: 'signed-in',
      params,
      body: patchSchema(profiles),
      example: { displayName: 'Ana' },
      conditionalHeaders: ['If-Match'],
      responses: profileResponses,
      problems: [beyondOwnPermissions],
      rows: (_ctx, { params }) => userService.rowsOf(params.id),
      run: (tx, { params: { id }, body, conditions }) => changeProfile(tx, id, body, conditions),
    }),
    ...userRoleEndpoints,
  ],
});
