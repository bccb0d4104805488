import { defineResource } from '../../resource/definition/resource';
import { visibleProfiles } from '../users/user.policy';
import { Profile } from './profile.model';
import { profileFields } from './profile.schemas';

/** Profiles: their endpoints are below `/v1/users/{id}`. */
export const profiles = defineResource({
  name: 'users',
  one: 'profile',
  prefix: '/v1/users',
  tag: 'Users',
  description: 'The personal details of users.',
  model: () => Profile,
  fields: profileFields,
  scope: visibleProfiles,
});
