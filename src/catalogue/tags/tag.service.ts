import { ResourceService } from '../../resource/resource.service';
import { slugHooks } from '../../resource/write/slug';
import { tags } from './tag.resource';

/** Manages tags. */
export const tagService = new ResourceService(tags, slugHooks);
