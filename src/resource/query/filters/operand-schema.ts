import Joi from 'joi';
import { emptyComponents } from '../../../schema/json-schema/components';
import { jsonSchema } from '../../../schema/json-schema/json-schema';
import { signedMoney } from '../../../schema/money';
import { CHOICES, splitChoices } from '../../../schema/parameters/choices';
import { list as listOf, opaqueText } from '../../../schema/schema';
import type { Field } from '../../definition/field';
import { isChoice, type Operator } from './operators';

/** The most characters of a part of a text. */
export const MAX_PART = 200;

const MAX_CHOICES = 100;
const QUOTING = 'Values are separated by commas; one with a comma or a quote stands in double quotes, and a quote inside is doubled.';

/** What a filter compares with: the kind of its values, their schema and a sentence about them. */
export type Operand = Pick<Field, 'kind' | 'schema' | 'description'>;

/** Returns the schema of a filter's value, as a query parameter has it. */
export function operandSchema(operand: Operand, operator: Operator): Joi.Schema {
  const description = `${operator}: ${operand.description}`;
  switch (operator) {
    case 'in':
    case 'nin':
      return choices(operand, description);
    case 'contains':
    case 'startswith':
      return opaqueText(1, MAX_PART).description(description);
    case 'isnull':
      return Joi.boolean().description(description);
    default:
      return valueSchema(operand).description(description);
  }
}

/** Returns the schema of a filter's value in a JSON body: a list for the operators that take several. */
export function operandInBody(operand: Operand, operator: Operator): Joi.Schema {
  return isChoice(operator) ? choiceList(operand).description(`${operator}: ${operand.description}`) : operandSchema(operand, operator);
}

function choiceList(operand: Operand): Joi.ArraySchema {
  return listOf(valueSchema(operand), 1, MAX_CHOICES);
}

/* A bound may lie beyond what the field can hold: nothing costs more than ten million. */
function valueSchema({ kind, schema }: Operand): Joi.Schema {
  return kind === 'money' ? signedMoney() : schema;
}

/* `a,b,c` arrives as one text; each part must be a value of the field. Values of other kinds than text hold neither comma nor quote. */
function choices(operand: Operand, description: string): Joi.Schema {
  const items = choiceList(operand);
  const read: Joi.CustomValidator<string> = (given, helpers) => {
    const parts = splitChoices(given);
    if (parts === null) return helpers.error('string.quotes');
    const { value, error } = items.validate(parts);
    const [broken] = error?.details ?? [];
    return broken ? helpers.error(broken.type, broken.context) : value;
  };
  const text = Joi.string()
    .max(MAX_CHOICES * MAX_PART)
    .custom(read);
  if (operand.kind !== 'text') return text.description(description).meta({ keywords: () => jsonSchema(items, 'input', emptyComponents()) });
  return text.description(`${description} ${QUOTING}`).meta({ pattern: CHOICES.source }).example('"Smith, Wesson",Acme');
}
