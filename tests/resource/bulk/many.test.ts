import { categoryService } from '../../../src/catalogue/categories/category.service';
import { productService } from '../../../src/catalogue/products/product.service';
import { tagService } from '../../../src/catalogue/tags/tag.service';
import type { TxContext } from '../../../src/context/context';
import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { type BulkResult, createMany, deleteMany, restoreMany, updateMany } from '../../../src/resource/bulk';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

const inUnit = <T>(work: (tx: TxContext) => Promise<T>) => unitOfWork(systemContext(shop, 'test', 'many'), work);
const product = (name: string, values: object = {}) => ({ name, sku: name, price: '1.00', currency: 'USD', ...values });
const codes = (results: readonly BulkResult[]) => results.map(({ problem }) => problem?.type.code ?? 'written');

test('writes what passes and reports the rest, in order', async () => {
  await inUnit((tx) => createMany(tx, productService, [product('Present')]));
  const made = await inUnit((tx) =>
    createMany(tx, productService, [
      product('One'),
      product('present', { name: 'Taken' }),
      product('Two', { sku: 'ONE' }),
      product('Three', { categoryId: '01890a5d-ac96-774b-bcce-b302099a8057' }),
      product('Four'),
    ]),
  );
  expect(codes(made)).toEqual(['written', 'value_taken', 'value_taken', 'invalid_body', 'written']);
  expect(await shop.query('SELECT name FROM products ORDER BY name')).toEqual([{ name: 'Four' }, { name: 'One' }, { name: 'Present' }]);
  const [one, , , , four] = made.map(({ id }) => id) as [string, string, string, string, string];
  const updated = await inUnit((tx) =>
    updateMany(tx, productService, [
      { id: four, patch: { name: 'Fourth', attributes: { a: 1 } } },
      { id: one, patch: { sku: 'Present' } },
      { id: '01890a5d-ac96-774b-bcce-b302099a8057', patch: { name: 'x' } },
    ]),
  );
  expect(codes(updated)).toEqual(['written', 'value_taken', 'not_found']);
  expect(updated[0]).toMatchObject({ id: four, version: 2 });
  expect(codes(await inUnit((tx) => updateMany(tx, productService, [{ id: four, version: 1, patch: { name: 'Late' } }])))).toEqual([
    'precondition_failed',
  ]);
  expect(codes(await inUnit((tx) => deleteMany(tx, productService, [{ id: one }, { id: four }])))).toEqual(['written', 'written']);
  expect(codes(await inUnit((tx) => deleteMany(tx, productService, [{ id: one }])))).toEqual(['not_found']);
  expect(codes(await inUnit((tx) => restoreMany(tx, productService, [{ id: one }, { id: four }])))).toEqual(['written', 'written']);
});

test('derives slugs of equal names, and of names that look numbered, in one statement', async () => {
  await inUnit((tx) => createMany(tx, tagService, [{ name: 'Tea' }, { name: 'Tea 3' }]));
  const made = await inUnit((tx) =>
    createMany(
      tx,
      tagService,
      ['Tea', 'Tea 5', 'Tea', 'Tea', 'Milk', 'Milk'].map((name) => ({ name })).concat([{ name: 'Given', slug: 'milk' } as never]),
    ),
  );
  expect(codes(made)).toEqual(Array(7).fill('written'));
  const slugs = await shop.query<{ id: string; slug: string }>('SELECT id, slug FROM tags');
  expect(made.map(({ id }) => slugs.find((row) => row.id === id)?.slug)).toEqual([
    'tea-2',
    'tea-5',
    'tea-4',
    'tea-6',
    'milk-2',
    'milk-3',
    'milk',
  ]);
});

test('splits the writes where the database refuses one, and writes the rest', async () => {
  const made = await inUnit((tx) =>
    createMany(tx, productService, [product('A'), product('B'), product('C', { price: '-5.00' }), product('D')]),
  );
  expect(codes(made)).toEqual(['written', 'written', 'invalid_body', 'written']);
});

test('creates parents and children, moves and deletes them together', async () => {
  const [top, middle] = ['01890a5d-ac96-774b-bcce-b302099a0001', '01890a5d-ac96-774b-bcce-b302099a0002'];
  const made = await inUnit((tx) =>
    createMany(tx, categoryService, [
      { name: 'Leaf', parentId: middle },
      { id: middle, name: 'Middle', parentId: top },
      { id: top, name: 'Top' },
    ]),
  );
  expect(codes(made)).toEqual(['written', 'written', 'written']);
  const [leaf] = made;
  const id = String(leaf?.id);
  const swapped = await inUnit((tx) =>
    updateMany(tx, categoryService, [
      { id: String(top), patch: { parentId: id } },
      { id, patch: { parentId: null } },
    ]),
  );
  expect(codes(swapped)).toEqual(['written', 'written']);
  expect(await shop.query('SELECT name, path, level FROM categories ORDER BY level')).toEqual([
    { name: 'Leaf', path: `/${id}/`, level: 0 },
    { name: 'Top', path: `/${id}/${top}/`, level: 1 },
    { name: 'Middle', path: `/${id}/${top}/${middle}/`, level: 2 },
  ]);
  expect(codes(await inUnit((tx) => updateMany(tx, categoryService, [{ id, patch: { parentId: middle } }])))).toEqual(['category_cycle']);
  const ids = [id, String(top), String(middle)].map((each) => ({ id: each }));
  expect(codes(await inUnit((tx) => deleteMany(tx, categoryService, ids.slice(0, 2))))).toEqual(['in_use', 'in_use']);
  expect(codes(await inUnit((tx) => deleteMany(tx, categoryService, ids)))).toEqual(['written', 'written', 'written']);
  expect(codes(await inUnit((tx) => restoreMany(tx, categoryService, ids.slice(1))))).toEqual(['parent_deleted', 'parent_deleted']);
  expect(codes(await inUnit((tx) => restoreMany(tx, categoryService, ids)))).toEqual(['written', 'written', 'written']);
});
