import Joi from 'joi';
import { MAX_INTEGER, SLUG } from '../../../resource/definition/field';
import { integer, text, uuid } from '../../../schema/schema';

/** The bound that the document gives for an array of the tree; the tree itself has none. */
export const MAX_TREE = 2_147_483_647;

/** The schema of a category with its children, all the way down. */
export const treeSchema = Joi.object({
  id: uuid().required(),
  name: text(1, 120).example('Beverages').required(),
  slug: text(1, 140, SLUG).example('beverages').required(),
  level: integer(0, 100).required(),
  position: integer(0, MAX_INTEGER).description('The order among its siblings.').required(),
  hasChildren: Joi.boolean().description('Whether it has children, also where `depth` leaves them out.').required(),
  children: Joi.array().items(Joi.link('#CategoryTree')).max(MAX_TREE).required(),
})
  .id('CategoryTree')
  .meta({ component: 'CategoryTree' });
