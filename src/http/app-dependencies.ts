import type { Sequelize } from 'sequelize';
import type { Logger } from 'winston';
import type { Env } from '../../config/env';
import type { Actor, Ctx } from '../context/context';
import type { EventTypesOf } from '../dry-run/preview';
import type { ProblemType } from '../problems/problem';
import type { Overload } from './overload/overload';
import type { RateLimits } from './rate-limit';

/** What the app is built from; the process, or a test, provides it. */
export interface AppDependencies {
  readonly env: Env;
  readonly sequelize: Sequelize;
  readonly logger: Logger;
  /** Shared with the process: readiness fails as soon as it drains. */
  readonly state: { draining: boolean };
  readonly limits: RateLimits;
  readonly overload: Overload;
  /** Returns the actor of an access token; throws `unauthenticated` (401). */
  authenticate(ctx: Ctx, token: string): Actor | Promise<Actor>;
  /** The events of a change, for the preview of a dry run. */
  readonly eventTypesOf: EventTypesOf;
  /** The problems of broken constraints, by the constraint's name; other constraints give a general problem. */
  readonly constraintProblems: Readonly<Record<string, ProblemType>>;
}
