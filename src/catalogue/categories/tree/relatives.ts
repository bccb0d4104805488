import type { Ctx } from '../../../context/context';
import { type Condition, column } from '../../../database/sql/binder';
import { readObject } from '../../../resource/read/read-one';
import { categories } from '../category.resource';

/** Returns the condition of the ancestors of a category; throws `not_found` (404). */
export async function ancestorsOf(ctx: Ctx, id: string): Promise<Condition> {
  const ids = (await pathOf(ctx, id)).split('/').filter((part) => part !== '' && part !== id);
  return (t, bind) => `${column(t, 'id')} = ANY(${bind(ids, 'uuid[]')})`;
}

/** Returns the condition of the descendants of a category, a range of the index of paths; throws `not_found` (404). */
export async function descendantsOf(ctx: Ctx, id: string): Promise<Condition> {
  const path = await pathOf(ctx, id);
  // The character after the slash.
  const end = `${path.slice(0, -1)}0`;
  return (t, bind) => `${column(t, 'path')} ~>~ ${bind(path, 'text')} AND ${column(t, 'path')} ~<~ ${bind(end, 'text')}`;
}

async function pathOf(ctx: Ctx, id: string): Promise<string> {
  const { text } = await readObject(ctx, categories, id, { fields: ['path'], include: [] });
  return (JSON.parse(text.text) as { path: string }).path;
}
