import { type Endpoint, endpoint } from '../../../http/endpoint';
import { objectSchema } from '../../../resource/definition/schemas';
import { object, uuid } from '../../../schema/schema';
import { cartNotOpen, insufficientStock, productUnavailable } from '../../problems';
import { carts } from '../cart.resource';
import { addItems, removeItem, setQuantity } from '../cart.service';
import { itemsSchema, quantitySchema } from './cart-item.schemas';

const params = { id: uuid().description('The id of the cart.').required() };
const itemParams = { ...params, itemId: uuid().description('The id of the line.').required() };
const responses = {
  200: { description: 'The cart with its quote.', schema: () => objectSchema(carts), headers: ['ETag'] },
} satisfies Endpoint['responses'];
const shared = { transaction: 'managed', access: 'guest', conditionalHeaders: ['If-Match'], responses } as const;

/** The endpoints of a cart's lines, below the cart; each answers with the cart. */
export const cartItemEndpoints: readonly Endpoint[] = [
  endpoint({
    ...shared,
    method: 'post',
    path: '/:id/items',
    operationId: 'addCartItems',
    summary: 'Put products into a cart',
    description: 'By id or SKU. The quantity of a product that the cart has already is added to it.',
    params,
    body: object({ items: itemsSchema(1) }),
    example: { items: [{ productId: '00c2bf9d-1c00-7107-8000-000000000001', quantity: 2 }] },
    problems: [cartNotOpen, insufficientStock, productUnavailable],
    run: (tx, { params: { id }, body, conditions }) => addItems(tx, id, body.items, conditions),
  }),
  endpoint({
    ...shared,
    method: 'patch',
    path: '/:id/items/:itemId',
    operationId: 'patchCartItem',
    summary: 'Set the quantity of a line of a cart',
    params: itemParams,
    body: quantitySchema,
    example: { quantity: 3 },
    problems: [cartNotOpen, insufficientStock],
    run: (tx, { params: { id, itemId }, body, conditions }) => setQuantity(tx, id, itemId, body.quantity, conditions),
  }),
  endpoint({
    ...shared,
    method: 'delete',
    path: '/:id/items/:itemId',
    operationId: 'deleteCartItem',
    summary: 'Remove a line from a cart',
    params: itemParams,
    problems: [cartNotOpen],
    run: (tx, { params: { id, itemId }, conditions }) => removeItem(tx, id, itemId, conditions),
  }),
];
