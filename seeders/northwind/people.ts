import type { RoleName } from '../../src/accounts/roles/built-in-roles';
import { roleId } from '../reference/role-ids';
import type { SeedRow, SeedValue } from '../support/seed-table';
import { customerId, employeeId, openedAt, profileId, userRoleId } from './northwind-ids';
import type { SourceCustomer, SourceEmployee } from './source';

/** A person of the demo shop: the rows of their user, profile and role. */
export interface Person {
  readonly user: SeedRow;
  readonly profile: SeedRow;
  readonly role: SeedRow;
}

const opened = openedAt.toISOString();

/** Returns a customer, numbered by the position of their code; `example` is a reserved domain (RFC 2606) that no mail can reach. */
export function customerPerson(customer: SourceCustomer, number: number): Person {
  const code = customer.customerId.toLowerCase();
  return person(customerId(number), code, 'customer', customer, { display_name: customer.companyName });
}

export function employeePerson(employee: SourceEmployee): Person {
  const { firstName, lastName } = employee;
  const username = `${firstName}.${lastName}`.toLowerCase();
  return person(employeeId(employee.employeeId), username, roleOf(employee.title), employee, {
    display_name: `${firstName} ${lastName}`,
    bio: employee.notes,
    birth_date: employee.birthDate,
  });
}

/** Returns an employee: the vice president and the sales manager are managers, all others support. */
function roleOf(title: string): RoleName {
  return /manager|president/i.test(title) ? 'manager' : 'support';
}

type Shown = { readonly display_name: string; readonly bio?: string; readonly birth_date?: string };

function person(id: string, username: string, role: RoleName, source: SourceCustomer | SourceEmployee, shown: Shown): Person {
  const times = { created_at: opened, updated_at: opened };
  return {
    user: {
      id,
      email: `${username}@northwind.example`,
      username,
      // Without a password nobody can log in as this user.
      password_hash: null,
      first_name: source.firstName,
      last_name: source.lastName,
      is_active: true,
      email_verified: false,
      balance: '0.00',
      currency: 'USD',
      ...times,
    },
    profile: {
      id: profileId(id),
      user_id: id,
      display_name: shown.display_name,
      bio: shown.bio ?? null,
      phone: source.phone,
      birth_date: shown.birth_date ?? null,
      address: addressOf(source),
      ...times,
    },
    role: { id: userRoleId(id), user_id: id, role_id: roleId(role), assigned_at: opened, is_active: true, ...times },
  };
}

function addressOf({ address, city, region, postalCode, country }: SourceCustomer | SourceEmployee): SeedValue {
  return { line1: address, city, region, postalCode, country };
}
