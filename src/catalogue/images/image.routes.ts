import type { Routes } from '../../http/endpoint';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { images } from './image.resource';

export const imageRoutes: Routes = { prefix: images.prefix, tag: images.tag, about: images.about, endpoints: resourceEndpoints(images) };
