import type { Actor, Ctx } from '../../context/context';
import { Binder } from '../../database/sql/binder';
import type { Resource } from '../definition/resource';
import { projection, type Representation } from './projection';

/** The JSON of a row named `t` as SQL, with the values it takes: those of the parameters $1, $2, … */
export interface CompiledProjection {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const MAX_SHAPES = 20;

/*
 * What a representation shows depends on the resource and on who asks, so it is compiled once an actor and shape; an actor is one
 * object as long as the session's permissions are known (five seconds). The shapes are the client's to choose, so they are bounded.
 */
const byActor = new WeakMap<Actor, WeakMap<Resource, Map<string, CompiledProjection>>>();

/** The projection of a resource for the actor, compiled at the first read of this shape. */
export function compiledProjection(ctx: Ctx, resource: Resource, representation: Representation): CompiledProjection {
  const shapes = shapesOf(ctx.actor, resource);
  const shape = `${representation.fields?.join() ?? '*'} ${representation.include.join()}`;
  const known = shapes.get(shape);
  if (known) return known;
  const binder = new Binder();
  const compiled = { sql: projection(ctx, resource, representation, 't', binder.bind), values: binder.values };
  if (shapes.size < MAX_SHAPES) shapes.set(shape, compiled);
  return compiled;
}

function shapesOf(actor: Actor, resource: Resource): Map<string, CompiledProjection> {
  const resources = byActor.get(actor) ?? new WeakMap<Resource, Map<string, CompiledProjection>>();
  byActor.set(actor, resources);
  const shapes = resources.get(resource) ?? new Map<string, CompiledProjection>();
  resources.set(resource, shapes);
  return shapes;
}
