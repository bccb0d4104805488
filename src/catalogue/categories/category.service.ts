import { ResourceService } from '../../resource/resource.service';
import { categoryHooks } from './category.hooks';
import { categories } from './category.resource';

/** Manages the category tree. */
export const categoryService = new ResourceService(categories, categoryHooks);
