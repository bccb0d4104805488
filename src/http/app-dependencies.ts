import type { Sequelize } from 'sequelize';
import type { Logger } from 'winston';
import type { Env } from '../../config/env';
import type { Actor, Ctx } from '../context/context';
import type { ProblemType } from '../problems/problem';

/** What the app is built from; whoever builds it (the process, a test) makes these. */
export interface AppDependencies {
  readonly env: Env;
  readonly sequelize: Sequelize;
  readonly logger: Logger;
  /** Shared with the process: readiness fails as soon as it drains. */
  readonly state: { draining: boolean };
  /** Answers who holds the access token; throws `unauthenticated` (401). */
  authenticate(ctx: Ctx, token: string): Actor | Promise<Actor>;
  /** What breaking a constraint means to a client, by the constraint's name; others are told in general terms. */
  readonly constraintProblems: Readonly<Record<string, ProblemType>>;
}
