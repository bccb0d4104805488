import type { Model } from 'sequelize';
import { invalidBody } from '../../problems/common-problems';
import type { Values } from '../definition/resource';
import type { WriteHooks } from './write-hooks';

/** What a slug is made of. */
export const SLUG = /^[a-z0-9-]+$/;

const MAX_LENGTH = 200;

/** The URL form of a name: `Crème brûlée & co.` becomes `creme-brulee-co`; throws `invalid_body` (422) where nothing is left of it. */
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
  const message = 'slug cannot be made from this name; give one of a-z, 0-9 and "-"';
  throw invalidBody.because(message, { errors: [{ pointer: '/slug', code: 'required', message }] });
}

/** Gives what is made or replaced without a slug one from its name. */
export const slugHooks: WriteHooks = {
  beforeCreate: (_tx, values) => ({ ...values, slug: values.slug ?? slugOf(String(values.name)) }),
  beforeChange: (_tx, row, changes) => withSlug(row, changes),
};

function withSlug(row: Model, changes: Values): Values {
  return 'slug' in changes && changes.slug === null ? { ...changes, slug: slugOf(String(changes.name ?? row.get('name'))) } : changes;
}
