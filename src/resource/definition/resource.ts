import type { Model, ModelStatic } from 'sequelize';
import type { Ctx } from '../../context/context';
import type { Access } from '../../context/permission';
import type { Condition } from '../../database/sql/binder';
import type { ProblemType } from '../../problems/problem';
import type { Field, Fields } from './field';

export type Verb = 'list' | 'read' | 'create' | 'patch' | 'put' | 'delete' | 'restore';
export type Values = Readonly<Record<string, unknown>>;

/** A related resource that a read can include; the association of the same name on the model says how it is joined. */
export interface Include {
  readonly resource: () => Resource;
  /** Whether there can be several: an array then, else an object or null. */
  readonly many?: boolean;
  /** The order of many rows, as fields of the related resource; id decides ties. */
  readonly orderBy?: string;
  /** Whoever sees the parent sees these: the related resource's own scope says nothing more, and is left out. */
  readonly seenWithParent?: boolean;
  /** History keeps what was deleted since: shows soft-deleted rows, too. */
  readonly withDeleted?: boolean;
}

/** Full-text search: which rows match, and how well, for `q`. */
export interface Search {
  matches(q: string): Condition;
  rank(q: string): Condition;
}

export interface ResourceDeclaration {
  /** Plural, as in the URL and in permissions: `products`. */
  readonly name: string;
  /** Singular, as in operation ids: `product`. */
  readonly one: string;
  readonly prefix: string;
  readonly tag: string;
  readonly description: string;
  readonly model: () => ModelStatic<Model>;
  readonly fields: Fields;
  readonly includes?: Readonly<Record<string, Include>>;
  readonly defaultSort?: string;
  /** Whom the rows are for: conditions every read and write of this actor is under; they depend on the actor alone. */
  readonly scope?: (ctx: Pick<Ctx, 'actor'>) => readonly Condition[];
  /** Filters that are no fields, such as `tag`. */
  readonly filters?: Readonly<Record<string, VirtualFilter>>;
  readonly search?: Search;
  /** The other name of an object: `slug` lets `slug:chai` stand for the id. */
  readonly naturalKey?: string;
  readonly access?: { readonly read: Access; readonly write?: Access };
  readonly verbs?: readonly Verb[];
  /** The problems that its write hooks throw. */
  readonly problems?: readonly ProblemType[];
  /** An example of a creation. */
  readonly example?: Values;
}

/** A filter that is no field: its value's schema, and the condition it stands for. */
export interface VirtualFilter {
  readonly field: Field;
  condition(value: unknown): Condition;
}

export interface Resource extends ResourceDeclaration {
  readonly includes: Readonly<Record<string, Include>>;
  readonly filters: Readonly<Record<string, VirtualFilter>>;
  readonly defaultSort: string;
  readonly access: { readonly read: Access; readonly write: Access };
  readonly verbs: readonly Verb[];
}

const ALL_VERBS: readonly Verb[] = ['list', 'read', 'create', 'patch', 'put', 'delete', 'restore'];

/** Declares a resource: every read, write, list, schema and document follows from this one object. */
export function defineResource(declaration: ResourceDeclaration): Resource {
  const { name } = declaration;
  return {
    includes: {},
    filters: {},
    defaultSort: '-createdAt',
    verbs: ALL_VERBS,
    ...declaration,
    access: { read: `${name}:read`, write: `${name}:write`, ...declaration.access },
  };
}
