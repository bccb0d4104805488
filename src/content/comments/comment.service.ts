import { ResourceService } from '../../resource/resource.service';
import { commentHooks } from './comment.hooks';
import { comments } from './comment.resource';

/** Manages comments. */
export const commentService = new ResourceService(comments, commentHooks);
