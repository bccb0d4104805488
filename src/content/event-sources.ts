import type { EventSource } from '../events/definition/event-source';
import { eventSourceOf } from '../resource/definition/event-source';
import { comments } from './comments/comment.resource';
import { posts } from './posts/post.resource';

/** The events of content. */
export const contentEvents: readonly EventSource[] = [eventSourceOf(posts), eventSourceOf(comments)];
