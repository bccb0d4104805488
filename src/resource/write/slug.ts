import type { Model } from 'sequelize';
import { invalidBody } from '../../problems/common-problems';
import type { Values } from '../definition/resource';
import type { WriteHooks } from './write-hooks';

/** The pattern of a slug. */
export const SLUG = /^[a-z0-9-]+$/;

const MAX_LENGTH = 200;

/** Returns the slug of a name, `creme-brulee-co` for `Crème brûlée & co.`; throws `invalid_body` (422) where nothing remains. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/[øØ]/g, 'o')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
  if (slug !== '') return slug;
  const message = 'slug cannot be derived from this name; send one of a-z, 0-9 and "-"';
  throw invalidBody.because(message, { errors: [{ pointer: '/slug', code: 'required', message }] });
}

/** The hooks that derive a missing slug from the name. */
export const slugHooks: WriteHooks = {
  beforeCreate: (_tx, values) => ({ ...values, slug: values.slug ?? slugOf(String(values.name)) }),
  beforeChange: (_tx, row, changes) => withSlug(row, changes),
};

function withSlug(row: Model, changes: Values): Values {
  return 'slug' in changes && changes.slug === null ? { ...changes, slug: slugOf(String(changes.name ?? row.get('name'))) } : changes;
}
