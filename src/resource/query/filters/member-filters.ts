import type Joi from 'joi';
import { type Condition, column } from '../../../database/sql/binder';
import { opaqueText } from '../../../schema/schema';
import type { Field } from '../../definition/field';
import { MAX_PART, operandInBody, operandSchema } from './operand-schema';
import { EQUALITY, type Operator, parameterOf } from './operators';

interface MemberFilter {
  /** A wildcard: `attributes.*[in]`. */
  readonly parameter: string;
  readonly operator: Operator;
  readonly schema: Joi.Schema;
  readonly inBody: Joi.Schema;
}

/* JSON's numbers, as far as PostgreSQL keeps each digit of them. */
const NUMBER = /^-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?$/;

/** Returns the filters by the members of a JSON object: `attributes.*` and so on. */
export function memberFilters(name: string, { description }: Field): readonly MemberFilter[] {
  const schema = opaqueText(0, MAX_PART).allow('');
  const about = `The value of a member: \`${name}.color=red\`. A text, number or boolean as it is written, or one of an array. ${description}`;
  const operand = { kind: 'text', schema, description: about } as const;
  return EQUALITY.map((operator) => ({
    parameter: parameterOf(`${name}.*`, operator),
    operator,
    schema: operandSchema(operand, operator),
    inBody: operandInBody(operand, operator),
  }));
}

/**
 * Returns the condition that a member has the value, or one of the values; objects without the member have none. The containment is what an
 * index with `jsonb_path_ops` serves, and the test for members what such an index leaves out.
 */
export function compareMember(columnName: string, operator: Operator, member: string, value: unknown): Condition {
  const values = [value].flat().map(String);
  const candidates = values.flatMap((text) => candidatesOf(member, text));
  const has: Condition = (t, bind) => {
    const object = column(t, columnName);
    return `(${object} <> '{}'::jsonb AND ${object} @> ANY(${bind(candidates, 'jsonb[]')}))`;
  };
  return operator === 'ne' || operator === 'nin' ? (t, bind) => `NOT ${has(t, bind)}` : has;
}

/* In a URL everything is text, so `5` is the number, too. Arrays have an entry of their own under the same path. */
function candidatesOf(member: string, text: string): string[] {
  const literals = [JSON.stringify(text), ...(NUMBER.test(text) || text === 'true' || text === 'false' ? [text] : [])];
  const name = JSON.stringify(member);
  return literals.flatMap((literal) => [`{${name}:${literal}}`, `{${name}:[${literal}]}`]);
}
