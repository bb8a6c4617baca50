import type {
  MemberDefinition,
  MemberDefinitions,
} from '../../src/core/read/policy-file/member-definition.ts';

/** Returns the JSON schema of an object by the definitions of its members. */
export function entrySchema(definitions: MemberDefinitions, required: readonly string[] = []): object {
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(
      Object.entries(definitions).map(([key, definition]) => [key, memberSchema(definition)]),
    ),
  };
}

function memberSchema({ type, description, values }: MemberDefinition): object {
  const text = { type: 'string', minLength: 1 };
  switch (type) {
    case 'text':
    case 'range':
      return { description, ...text };
    case 'texts':
      return { description, anyOf: [text, { type: 'array', items: text, minItems: 1 }] };
    case 'day':
      return { description, type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
    case 'flag':
      return { description, type: 'boolean' };
    case 'count':
      return { description, type: 'integer', minimum: 1 };
    case 'choice':
      return { description, enum: values };
  }
}
