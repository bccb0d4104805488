import { type Endpoint, type Routes, reads, writes } from '../../http/endpoint';
import { uuid } from '../../schema/schema';
import { created } from '../../http/output/reply';
import { valueTaken } from '../../problems/common-problems';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { readObject } from '../../resource/read/read-one';
import { objectSchema, patchSchema } from '../../resource/definition/schemas';
import { roleEndpoints } from '../user-roles/user-role.routes';
import { changeProfile, readProfile } from './profile';
import { registerCustomer } from './register-user';
import { profiles, users } from './user.resource';
import { newUserSchema } from './user.schemas';

const params = { id: uuid().description('The id of the user.').required() };
const profileAnswer = {
  200: { about: 'The profile.', schema: () => objectSchema(profiles), headers: ['ETag'] },
} satisfies Endpoint['answers'];

export const userRoutes: Routes = {
  prefix: users.prefix,
  tag: users.tag,
  about: users.about,
  endpoints: [
    ...resourceEndpoints(users),
    reads({
      method: 'post',
      path: '/',
      id: 'createUser',
      summary: 'Create a user',
      about: 'With the role of a customer; POST /v1/users/{id}/roles gives others.',
      access: 'users:write',
      body: newUserSchema,
      example: { email: 'ana@example.com', username: 'ana', password: 'correct horse battery', firstName: 'Ana', lastName: 'Trujillo' },
      answers: {
        201: { about: 'The new user.', schema: () => objectSchema(users), headers: ['Location', 'ETag'] },
      },
      problems: [valueTaken],
      run: async (ctx, { body }) => {
        const { id, text, tag } = await registerCustomer(ctx, body);
        return created(`${users.prefix}/${id}`, text, tag);
      },
    }),
    reads({
      method: 'get',
      path: '/:id/profile',
      id: 'readUserProfile',
      summary: 'Read a user’s profile',
      access: 'signed-in',
      params,
      honours: ['If-None-Match'],
      answers: profileAnswer,
      run: (ctx, { params: { id }, conditions }) => readProfile(ctx, id, conditions),
    }),
    writes({
      method: 'patch',
      path: '/:id/profile',
      id: 'patchUserProfile',
      summary: 'Change a user’s profile',
      about: 'One’s own, or with users:write anybody’s.',
      access: 'signed-in',
      params,
      body: patchSchema(profiles),
      example: { displayName: 'Ana' },
      honours: ['If-Match'],
      answers: profileAnswer,
      run: async (tx, { params: { id }, body, conditions }) => {
        await readObject(tx, users, id, { fields: ['id'], include: [] });
        return changeProfile(tx, id, body, conditions);
      },
    }),
    ...roleEndpoints,
  ],
};
