import { VERSION } from '../../config/project';

/** The API that an OpenAPI document describes. */
export interface About {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/** The title, version and description of the API. */
export const ABOUT: About = {
  title: 'Storekeeper',
  version: VERSION,
  description: 'A headless commerce API that never loses, oversells or silently changes anything.',
};
