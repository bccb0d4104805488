import { endpoint } from '../../http/endpoint';
import { apiRouter } from '../../http/routing/api-router';
import { valueTaken } from '../../problems/common-problems';
import { objectSchema } from '../../resource/definition/schemas';
import { BASE64URL } from '../../schema/format';
import { integer, named, object, oneOf, text } from '../../schema/schema';
import { givenPassword } from '../passwords/password.schemas';
import { invalidCredentials, invalidRefreshToken, tooManyAttempts } from '../problems';
import { users } from '../users/user.resource';
import { email, newUserSchema } from '../users/user.schemas';
import { registerCustomer } from '../users/user.service';
import { logIn, logOut, refresh } from './session.service';

const refreshToken = text(20, 200, BASE64URL)
  .description('The refresh token of the session.')
  .example('mzB0Yc2Qw3o1v5rT8uX4aLkPq7nE6sJd9fGhZiKyVtU');
const accessToken = text(20, 4_096, { pattern: /^[\w-]+\.[\w-]+\.[\w-]+$/, rule: 'be a JWT' }).description(
  'A JWT; send it as "Authorization: Bearer <token>".',
);
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
const tokenResponses = { 200: { description: 'The tokens; expiresIn is in seconds.', schema: tokens } };

export const authRouter = apiRouter({
  prefix: '/v1/auth',
  tag: 'Sessions',
  description: 'Register, sign in, refresh and sign out.',
  endpoints: [
    endpoint({
      transaction: 'none',
      method: 'post',
      path: '/register',
      operationId: 'register',
      summary: 'Register as a customer',
      access: 'public',
      rateLimit: 'strict',
      body: newUserSchema,
      example: { email: 'ana@example.com', username: 'ana', password: 'correct horse battery', firstName: 'Ana', lastName: 'Trujillo' },
      responses: {
        201: { description: 'The new user.', schema: () => objectSchema(users), headers: ['Location', 'ETag'] },
      },
      problems: [valueTaken],
      anonymousClient: ({ body }) => body.email.toLowerCase(),
      run: (ctx, { body }) => registerCustomer(ctx, body),
    }),
    endpoint({
      transaction: 'none',
      method: 'post',
      path: '/login',
      operationId: 'logIn',
      dryRun: 'refused',
      summary: 'Sign in',
      description:
        'Failed attempts on an account make later ones wait, longer each time (Retry-After). An address from which the account has signed in before has attempts of its own.',
      access: 'public',
      rateLimit: 'strict',
      body: object({ email, password: givenPassword }),
      example: { email: 'ana@example.com', password: 'correct horse battery' },
      responses: tokenResponses,
      problems: [invalidCredentials, tooManyAttempts],
      anonymousClient: ({ body }) => body.email.toLowerCase(),
      repliesWithSecret: true,
      run: (ctx, { body }) => logIn(ctx, body.email, body.password),
    }),
    endpoint({
      transaction: 'none',
      method: 'post',
      path: '/refresh',
      operationId: 'refreshTokens',
      dryRun: 'refused',
      summary: 'Exchange a refresh token for a new pair',
      description:
        'A token works once. Within ten seconds of its use it returns the same pair again, for a second tab or a lost response; later use ends the session.',
      access: 'public',
      rateLimit: 'strict',
      body: object({ refreshToken }),
      example: { refreshToken: 'mzB0Yc2Qw3o1v5rT8uX4aLkPq7nE6sJd9fGhZiKyVtU' },
      responses: tokenResponses,
      problems: [invalidRefreshToken],
      anonymousClient: ({ body }) => body.refreshToken,
      repliesWithSecret: true,
      run: (ctx, { body }) => refresh(ctx, body.refreshToken),
    }),
    endpoint({
      transaction: 'none',
      method: 'post',
      path: '/logout',
      operationId: 'logOut',
      dryRun: 'refused',
      summary: 'End a session',
      access: 'public',
      rateLimit: 'strict',
      body: object({ refreshToken }),
      example: { refreshToken: 'mzB0Yc2Qw3o1v5rT8uX4aLkPq7nE6sJd9fGhZiKyVtU' },
      responses: { 204: { description: 'The session has ended.' } },
      anonymousClient: ({ body }) => body.refreshToken,
      run: (ctx, { body }) => logOut(ctx, body.refreshToken),
    }),
  ],
});
