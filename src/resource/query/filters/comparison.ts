import { type Condition, column } from '../../../database/sql/binder';
import { comparable, SQL_TYPES } from '../../definition/columns';
import type { Field } from '../../definition/field';
import type { Operator } from './operators';

/** Returns the condition that a column compares with the value as the operator says. */
export function compare(name: string, field: Field, operator: Operator, value: unknown): Condition {
  const { kind, nullable, caseless } = field;
  const type = SQL_TYPES[kind];
  const subject = comparable(name, field);
  const operand: Condition = (_t, bind) => (caseless ? `lower(${bind(value, type)})` : bind(value, type));
  const operands: Condition = (_t, bind) =>
    caseless ? `ARRAY(SELECT lower(choice) FROM unnest(${bind(value, `${type}[]`)}) choice)` : bind(value, `${type}[]`);
  const simple =
    (sign: string): Condition =>
    (t, bind) =>
      `${subject(t, bind)} ${sign} ${operand(t, bind)}`;
  switch (operator) {
    case 'eq':
      return simple('=');
    case 'ne':
      return simple(nullable ? 'IS DISTINCT FROM' : '<>');
    case 'gt':
      return simple('>');
    case 'gte':
      return simple('>=');
    case 'lt':
      return simple('<');
    case 'lte':
      return simple('<=');
    case 'in':
      return (t, bind) => `${subject(t, bind)} = ANY(${operands(t, bind)})`;
    case 'nin':
      return (t, bind) => `(${subject(t, bind)} <> ALL(${operands(t, bind)})${nullable ? ` OR ${column(t, name)} IS NULL` : ''})`;
    case 'contains':
      return (t, bind) => `${column(t, name)} ILIKE ${bind(`%${escapeLike(String(value))}%`, 'text')}`;
    case 'startswith':
      return (t, bind) => `${column(t, name)} ILIKE ${bind(`${escapeLike(String(value))}%`, 'text')}`;
    case 'isnull':
      return (t) => `${column(t, name)} IS ${value === true ? '' : 'NOT '}NULL`;
  }
}

/* Escapes the wildcards of LIKE; stored text is in NFC. */
function escapeLike(part: string): string {
  return part.normalize('NFC').replace(/[\\%_]/g, '\\$&');
}
