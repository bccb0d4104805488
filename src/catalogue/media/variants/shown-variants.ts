import { column } from '../../../database/sql/binder';
import type { ReadContext } from '../../../resource/definition/resource';

/** Returns the SQL of the variants of media, whose URLs begin with MEDIA_BASE_URL. */
export function shownVariants({ env }: ReadContext, alias: string): string {
  const variants = column(alias, 'variants');
  const base = env.MEDIA_BASE_URL ?? '';
  if (base === '') return variants;
  const url = `jsonb_build_object('url', '${base}' || (v.variant ->> 'url'))`;
  return `(SELECT jsonb_agg(v.variant || ${url} ORDER BY v.n) FROM jsonb_array_elements(${variants}) WITH ORDINALITY AS v (variant, n))`;
}

/** Returns the path of a variant in a URL of this shop, and any other URL as it is. */
export function withoutBase({ env }: Pick<ReadContext, 'env'>, url: string): string {
  const base = env.MEDIA_BASE_URL ?? '';
  return base !== '' && url.startsWith(`${base}/`) ? url.slice(base.length) : url;
}
