import type { Routes } from '../../http/endpoint';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { tags } from './tag.resource';

export const tagRoutes: Routes = { prefix: tags.prefix, tag: tags.tag, about: tags.about, endpoints: resourceEndpoints(tags) };
