import { LRUCache } from 'lru-cache';
import type { Actor } from '../../context/context';
import type { Resource } from '../definition/resource';

/** Plans kept per actor and resource. */
const MAX_PLANS = 50;
/** Longer keys rarely come twice, and must not fill the memory. */
const MAX_KEY_LENGTH = 500;

/**
 * Keeps plans: the SQL of a read or list, for one actor, resource and query. Building a text of thousands of characters takes a tenth
 * of a page's time. What a plan shows depends on the actor, who is one object for as long as the session's permissions are known
 * (five seconds). Clients choose the queries, so their number is bounded.
 */
export class PlanCache<Plan extends object> {
  readonly #byActor = new WeakMap<Actor, WeakMap<Resource, LRUCache<string, Plan>>>();

  /** Returns the plan under the key, made at the first call. */
  get(actor: Actor, resource: Resource, key: string, make: () => Plan): Plan {
    const plans = this.#plansOf(actor, resource);
    const known = plans.get(key);
    if (known) return known;
    const plan = make();
    if (key.length <= MAX_KEY_LENGTH) plans.set(key, plan);
    return plan;
  }

  #plansOf(actor: Actor, resource: Resource): LRUCache<string, Plan> {
    const resources = this.#byActor.get(actor) ?? new WeakMap<Resource, LRUCache<string, Plan>>();
    this.#byActor.set(actor, resources);
    const plans = resources.get(resource) ?? new LRUCache<string, Plan>({ max: MAX_PLANS });
    resources.set(resource, plans);
    return plans;
  }
}
