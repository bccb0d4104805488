import { LRUCache } from 'lru-cache';
import type { Actor, Ctx } from '../../context/context';
import type { Resource } from '../definition/resource';

/** Plans kept per actor and resource. */
const MAX_PLANS = 50;
/** Longer keys rarely come twice, and must not fill the memory. */
const MAX_KEY_LENGTH = 500;

type PlansByActor<Plan extends object> = WeakMap<Actor, WeakMap<Resource, LRUCache<string, Plan>>>;

/**
 * Keeps plans: the SQL of a read or list, for one actor, resource and query. Building a text of thousands of characters takes a tenth
 * of a page's time. What a plan shows depends on the actor, who is one object for as long as the session's permissions are known
 * (five seconds), and on the settings, of which a process may have several, one per application. Clients choose the queries, so their
 * number is bounded.
 */
export class PlanCache<Plan extends object> {
  readonly #bySettings = new WeakMap<Ctx['env'], PlansByActor<Plan>>();

  /** Returns the plan under the key, made at the first call. */
  get(ctx: Pick<Ctx, 'actor' | 'env'>, resource: Resource, key: string, make: () => Plan): Plan {
    const plans = this.#plansOf(ctx, resource);
    const known = plans.get(key);
    if (known) return known;
    const plan = make();
    if (key.length <= MAX_KEY_LENGTH) plans.set(key, plan);
    return plan;
  }

  #plansOf({ actor, env }: Pick<Ctx, 'actor' | 'env'>, resource: Resource): LRUCache<string, Plan> {
    const actors: PlansByActor<Plan> = this.#bySettings.get(env) ?? new WeakMap();
    this.#bySettings.set(env, actors);
    const resources = actors.get(actor) ?? new WeakMap<Resource, LRUCache<string, Plan>>();
    actors.set(actor, resources);
    const plans = resources.get(resource) ?? new LRUCache<string, Plan>({ max: MAX_PLANS });
    resources.set(resource, plans);
    return plans;
  }
}
