import { field, stamps } from '../../resource/definition/field';
import { WEB_ADDRESS } from '../../schema/format';

/** The fields of a profile. */
export const profileFields = {
  id: field.id(),
  userId: field.uuid({ description: 'The user.' }),
  displayName: field.text({ min: 1, max: 100, write: 'optional', nullable: true, description: 'The name to show.' }),
  bio: field.text({ max: 2_000, write: 'optional', nullable: true, description: 'A short biography.' }),
  avatarUrl: field.text({
    max: 2_048,
    format: WEB_ADDRESS,
    write: 'optional',
    nullable: true,
    description: 'The URL of a picture.',
  }),
  phone: field.text({ max: 40, write: 'optional', nullable: true, description: 'A phone number.' }),
  birthDate: field.date({ write: 'optional', nullable: true, description: 'The date of birth.' }),
  address: field.json({ maxBytes: 4_096, write: 'optional', nullable: true, description: 'The postal address.' }),
  ...stamps,
} as const;
