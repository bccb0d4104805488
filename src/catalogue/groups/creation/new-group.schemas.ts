import type Joi from 'joi';
import { defineResource, type Values } from '../../../resource/definition/resource';
import { creationSchema } from '../../../resource/definition/schemas';
import { list, named, optional, type Schema } from '../../../schema/schema';
import { products } from '../../products/product.resource';
import { productFields } from '../../products/product.schemas';
import { MAX_VARIANTS } from '../option-axes';
import { productGroups } from '../product-group.resource';

/** A new group, and the products that are created with it. */
export interface NewGroup extends Values {
  readonly products?: readonly Values[];
}

/* A new product of a new group: without groupId, and with a name only where it is not made from the group's. */
const variants = (() => {
  const { groupId: _groupId, name, ...fields } = productFields;
  return defineResource({ ...products, one: 'variant', fields: { ...fields, name: { ...name, write: 'optional' } } });
})();

/** Returns the schema of a new group with its products. */
export function newGroupSchema(): Schema<NewGroup> {
  const group = creationSchema(productGroups) as unknown as Joi.ObjectSchema;
  const member = optional(
    list(creationSchema(variants), 0, MAX_VARIANTS).description(
      'The products of the group, each with its optionValues. One without a name gets that of the group and its option values; one without a category that of the group.',
    ),
  );
  return named('NewProductGroupWithProducts', group.keys({ products: member })) as unknown as Schema<NewGroup>;
}
