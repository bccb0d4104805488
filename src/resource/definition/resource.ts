import type { Model, ModelStatic } from 'sequelize';
import type { Ctx } from '../../context/context';
import type { Access } from '../../context/permission';
import type { Condition } from '../../database/sql/binder';
import type { EventRule } from '../../events/definition/event-rule';
import type { ProblemType } from '../../problems/problem';
import type { Schema, Shape } from '../../schema/schema';
import type { Facet, Sampling } from './facet';
import type { Field, Fields, Kind } from './field';
import type { Search } from './search';
import type { Summary } from './summary';

export type Verb = 'list' | 'read' | 'create' | 'patch' | 'put' | 'delete' | 'restore';
export type Values = Readonly<Record<string, unknown>>;

/** A related resource that a read can include; the model's association of the same name joins it. */
export interface Include {
  readonly resource: () => Resource;
  /** Whether it is an array; otherwise it is an object or null. */
  readonly many?: boolean;
  /** The field of the related resource that orders an array; ties are ordered by id. */
  readonly orderBy?: string;
  /** Whether every actor who sees the parent sees these rows; the scope of the related resource is left out then. */
  readonly seenWithParent?: boolean;
  /** Whether soft-deleted rows are shown, too, as in historical documents, to whoever may restore them. */
  readonly withDeleted?: boolean;
}

/** An object of one of several resources, each through an association of its own of which one at most is set: the target of a comment. */
export interface PolymorphicInclude {
  /** By the name of the association. */
  readonly oneOf: Readonly<Record<string, Include>>;
}

/** Returns whether an include is of one of several resources. */
export function isPolymorphic(include: Include | PolymorphicInclude): include is PolymorphicInclude {
  return 'oneOf' in include;
}

/** Returns the includes that stand behind a name, by their association: one, or those of a polymorphic include. */
export function kindsOfInclude({ includes }: Pick<Resource, 'includes'>, name: string): readonly (readonly [string, Include])[] {
  const include = includes[name] as Include | PolymorphicInclude;
  return isPolymorphic(include) ? Object.entries(include.oneOf) : [[name, include]];
}

/** How the resource is imported and exported as a file. */
export interface Transfer {
  /** The field that identifies an object: an import changes the object with the same value, and creates one where there is none. */
  readonly key: string;
  /** Columns with a field of a related object in the place of its id: `categorySlug` for `categoryId`. */
  readonly references?: Readonly<Record<string, TransferReference>>;
  /**
   * In a tree, the column that may stand in the place of the key: the keys from the top down to the object itself, with slashes between. The
   * reference to the parent follows from it.
   */
  readonly path?: TransferPath;
  /** The order of an export that asks for none, such as one that an import keeps; the list's own where nothing is said. */
  readonly sort?: string;
  /** Columns with a field of each of several related objects: `tags`. */
  readonly links?: Readonly<Record<string, TransferLink>>;
}

export interface TransferPath {
  readonly column: string;
  /** The column in `references` that names the parent by its key. */
  readonly parent: string;
}

export interface TransferReference {
  /** The field with the id. */
  readonly field: string;
  readonly resource: () => Resource;
  /** The field of the related resource that identifies its objects. */
  readonly by: string;
}

/** Related objects through a join table without values of its own. */
export interface TransferLink {
  /** The association of the model, many to many; an include of this name shows the objects. */
  readonly include: string;
  readonly by: string;
}

/** How a list shows one row per group: the first of each in its order, with the group, beside the rows without one. */
export interface Collapse {
  /** The query parameter that asks for it. */
  readonly parameter: string;
  /** The field with the id of the group. */
  readonly field: string;
  /** The include of the group. */
  readonly include: string;
  readonly description: string;
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
  /** The SQL of fields whose value depends on the actor, in the place of their column. */
  readonly expressions?: Readonly<Record<string, Expression>>;
  readonly timed?: TimedFields;
  readonly includes?: Readonly<Record<string, Include | PolymorphicInclude>>;
  readonly summaries?: Readonly<Record<string, Summary>>;
  readonly defaultSort?: string;
  /** The conditions on every read and write by this actor; they depend on the actor only. */
  readonly scope?: (ctx: Pick<Ctx, 'actor'>) => readonly Condition[];
  /** Filters that are not fields, such as `tag`. */
  readonly filters?: Readonly<Record<string, VirtualFilter>>;
  /** Sorts that are not by a field, such as `popular`. */
  readonly sorts?: Readonly<Record<string, VirtualSort>>;
  readonly search?: Search;
  /** What its list can be counted by. */
  readonly facets?: Readonly<Record<string, Facet>>;
  /** How to take a sample of its rows, where they may be too many to be counted. */
  readonly sampling?: Sampling;
  readonly collapse?: Collapse;
  readonly parameters?: Readonly<Record<string, ReadParameter>>;
  /** The field that identifies an object beside its id: with `slug`, a path may have `slug:chai`. */
  readonly naturalKey?: string;
  /** Whether a slug that an object had leads to it (301), until another has it; its migration calls `keepFormerSlugs`. */
  readonly keepsFormerSlugs?: boolean;
  /** Its import and export, which take the permissions `<name>:write` and `<name>:read`. */
  readonly transfer?: Transfer;
  readonly access?: { readonly read: Access; readonly write?: Access };
  /** What a deletion may say in its query, which `beforeDelete` finds in `given`. */
  readonly deletion?: Shape;
  readonly verbs?: readonly Verb[];
  /** The problems that the write hooks throw. */
  readonly problems?: readonly ProblemType[];
  /** The events of its own, beside created, updated and so on, by the last part of their type: `paid`. */
  readonly events?: Readonly<Record<string, EventRule>>;
  /** An example of a creation's body. */
  readonly example?: Values;
}

/** What the SQL of a read depends on: the actor, and settings, which a statement that is the same for every shop leaves out. */
export interface ReadContext extends Pick<Ctx, 'actor'> {
  readonly env: Readonly<Partial<Ctx['env']>>;
}

/** Returns the SQL of a field's value, for the rows of a table alias; it depends on the actor, the settings and the read's parameters only. */
export type Expression = (ctx: ReadContext, alias: string, given: GivenParameter) => string;

/**
 * Fields that change at a time by themselves, such as a price, and whose columns follow later. A read takes the columns, and only where a
 * row is due, or a parameter asks for it, the expressions: these would cost every read.
 */
export interface TimedFields {
  /** Returns the SQL of whether the columns of a row are behind. */
  isDue(alias: string): string;
  readonly expressions: Readonly<Record<string, Expression>>;
  /** Returns the SQL of a bigint that tells what a row that is due shows, for its ETag. */
  digest(alias: string): string;
}

/** Returns the placeholder of a parameter that the read was given, cast to an SQL type; null where it was not. */
export type GivenParameter = (name: string, type: string) => string | null;

/** A query parameter of reads and lists that changes what fields show, such as `priceAt`; filters and sorts know nothing of it. */
export interface ReadParameter {
  readonly schema: Schema;
  /** Throws where the actor may not read by this value. */
  authorize?(ctx: Ctx, value: unknown): void;
}

/** A filter that is not a field: the schema of its value, and its condition. */
export interface VirtualFilter {
  readonly field: Field;
  condition(value: unknown): Condition;
  /**
   * The condition in two forms, where PostgreSQL cannot know how many rows it has. A list looks for them first, and walks the index of its
   * order only where they are many.
   */
  readonly ofAnyNumber?: {
    /** The form by which an index finds the rows. */
    lookup(value: unknown): Condition;
    /** The form that tries a row, which no index may serve. */
    probe(value: unknown): Condition;
  };
}

/** A sort by a column that clients do not see, the largest value first; with `-` before its name, the smallest. */
export interface VirtualSort {
  readonly kind: Kind;
  /** The attribute of the model, never null. */
  readonly attribute: string;
}

export interface Resource extends ResourceDeclaration {
  readonly includes: Readonly<Record<string, Include | PolymorphicInclude>>;
  readonly summaries: Readonly<Record<string, Summary>>;
  readonly filters: Readonly<Record<string, VirtualFilter>>;
  readonly facets: Readonly<Record<string, Facet>>;
  readonly defaultSort: string;
  readonly access: { readonly read: Access; readonly write: Access };
  readonly verbs: readonly Verb[];
}

const ALL_VERBS: readonly Verb[] = ['list', 'read', 'create', 'patch', 'put', 'delete', 'restore'];

/** Declares a resource; its reads, writes, lists, schemas and documentation derive from the declaration. */
export function defineResource(declaration: ResourceDeclaration): Resource {
  const { name } = declaration;
  return {
    includes: {},
    summaries: {},
    filters: {},
    facets: {},
    defaultSort: '-createdAt',
    verbs: ALL_VERBS,
    ...declaration,
    access: { read: `${name}:read`, write: `${name}:write`, ...declaration.access },
  };
}
