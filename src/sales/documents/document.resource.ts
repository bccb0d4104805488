import { jsonOf } from '../../resource/definition/columns';
import { defineResource } from '../../resource/definition/resource';
import { visibleWithOrder } from '../orders/order.policy';
import { Document } from './document.model';
import { documentFields } from './document.schemas';

/** Documents: what the shop wrote to its customers. */
export const documents = defineResource({
  name: 'documents',
  one: 'document',
  prefix: '/v1/documents',
  tag: 'Documents',
  description:
    'Order confirmations, invoices and credit notes, issued and mailed by jobs when an order is placed, paid or refunded. They never change. Customers see those of their own orders.',
  model: () => Document,
  fields: documentFields,
  expressions: {
    mailedAt: (_ctx, alias) =>
      `(SELECT ${jsonOf('m.sent_at', documentFields.mailedAt)} FROM document_mails m WHERE m.document_id = ${alias}.id)`,
  },
  defaultSort: '-issuedAt',
  scope: visibleWithOrder,
  access: { read: 'guest' },
  verbs: ['list', 'read'],
});
