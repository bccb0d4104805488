import { type Routes, reads, writes } from '../../http/endpoint';
import { integer, named, object, oneOf, text } from '../../schema/schema';
import { created, noContent, ok } from '../../http/output/reply';
import { valueTaken } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { invalidCredentials, invalidRefreshToken } from '../problems';
import { registerCustomer } from '../users/register-user';
import { users } from '../users/user.resource';
import { email, newUserSchema, password } from '../users/user.schemas';
import { logIn, logOut, refresh } from './session.service';

const refreshToken = text(20, 200, /^[\w-]+$/)
  .description('The refresh token of the session.')
  .example('mzB0Yc2Qw3o1v5rT8uX4aLkPq7nE6sJd9fGhZiKyVtU');
const accessToken = text(20, 4_096, /^[\w-]+\.[\w-]+\.[\w-]+$/).description('A JWT; send it as "Authorization: Bearer <token>".');
const tokens = () =>
  named(
    'Tokens',
    object({
      accessToken: accessToken.example('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTg5MGE1ZCJ9.c2lnbmF0dXJl'),
      refreshToken,
      tokenType: oneOf('Bearer'),
      expiresIn: integer(1, 86_400).description('In seconds.').example(900),
    }),
  );
const tokensAnswer = { 200: { about: 'The tokens; expiresIn counts seconds.', schema: tokens } };

export const authRoutes: Routes = {
  prefix: '/v1/auth',
  tag: 'Sessions',
  about: 'Registering, signing in and out.',
  endpoints: [
    reads({
      method: 'post',
      path: '/register',
      id: 'register',
      summary: 'Register as a customer',
      access: 'public',
      strictlyLimited: true,
      body: newUserSchema,
      example: { email: 'ana@example.com', username: 'ana', password: 'correct horse battery', firstName: 'Ana', lastName: 'Trujillo' },
      answers: {
        201: { about: 'The new user.', schema: () => objectSchema(users), headers: ['Location', 'ETag'] },
      },
      problems: [valueTaken],
      run: async (ctx, { body }) => {
        const { id, text: user, tag } = await registerCustomer(ctx, body);
        return created(`/v1/users/${id}`, user, tag);
      },
    }),
    reads({
      method: 'post',
      path: '/login',
      id: 'logIn',
      summary: 'Sign in',
      access: 'public',
      strictlyLimited: true,
      body: object({ email, password }),
      example: { email: 'ana@example.com', password: 'correct horse battery' },
      answers: tokensAnswer,
      problems: [invalidCredentials],
      run: async (ctx, { body }) => ok(await logIn(ctx, body.email, body.password), { 'Cache-Control': 'no-store' }),
    }),
    reads({
      method: 'post',
      path: '/refresh',
      id: 'refreshTokens',
      summary: 'Change a refresh token for a new pair',
      access: 'public',
      strictlyLimited: true,
      body: object({ refreshToken }),
      example: { refreshToken: 'mzB0Yc2Qw3o1v5rT8uX4aLkPq7nE6sJd9fGhZiKyVtU' },
      answers: tokensAnswer,
      problems: [invalidRefreshToken],
      run: async (ctx, { body }) => ok(await refresh(ctx, body.refreshToken), { 'Cache-Control': 'no-store' }),
    }),
    writes({
      method: 'post',
      path: '/logout',
      id: 'logOut',
      summary: 'End a session',
      access: 'public',
      strictlyLimited: true,
      body: object({ refreshToken }),
      example: { refreshToken: 'mzB0Yc2Qw3o1v5rT8uX4aLkPq7nE6sJd9fGhZiKyVtU' },
      answers: { 204: { about: 'The session is over.' } },
      run: async (tx, { body }) => {
        await logOut(tx, body.refreshToken);
        return noContent();
      },
    }),
  ],
};
