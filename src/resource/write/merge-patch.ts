import type { Model } from 'sequelize';
import type { Resource, Values } from '../definition/resource';

type Json = unknown;

/** Returns the changes that a patch makes of a row: JSON members merge deeply, into a new object, for Sequelize sees no change inside the old one. */
export function mergedValues({ fields }: Pick<Resource, 'fields'>, row: Model, patch: Values): Values {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      name,
      fields[name]?.kind === 'json' && value !== null ? mergePatch(row.get(name), value) : value,
    ]),
  );
}

/** Returns the target under a JSON Merge Patch (RFC 7396, section 2): null removes a member, objects merge, all else replaces. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
