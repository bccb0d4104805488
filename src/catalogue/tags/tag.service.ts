import { ResourceService } from '../../resource/resource.service';
import { tags } from './tag.resource';

/** Manages tags. */
export const tagService = new ResourceService(tags);
