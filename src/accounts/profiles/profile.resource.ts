import { defineResource } from '../../resource/definition/resource';
import { visibleProfiles } from '../users/user.policy';
import { Profile } from './profile.model';
import { profileFields } from './profile.schemas';

/** Profiles: read and changed below their user. */
export const profiles = defineResource({
  name: 'users',
  one: 'profile',
  prefix: '/v1/users',
  tag: 'Users',
  description: 'What users tell about themselves.',
  model: () => Profile,
  fields: profileFields,
  scope: visibleProfiles,
});
