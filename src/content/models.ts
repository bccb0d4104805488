import type { Sequelize } from 'sequelize';
import { associateComment, Comment, registerComment } from './comments/comment.model';
import { associatePost, Post, registerPost } from './posts/post.model';

/** The audited models of content. */
export const auditedContent = [Post, Comment] as const;

/** Registers the models of content. */
export function registerContent(sequelize: Sequelize): void {
  for (const register of [registerPost, registerComment]) register(sequelize);
}

/** Associates the models of content, once every domain has registered its own. */
export function associateContent(): void {
  for (const associate of [associatePost, associateComment]) associate();
}
