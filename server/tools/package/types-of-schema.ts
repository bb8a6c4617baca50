/** A JSON schema, as far as our own schemas use it. */
export interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Returns TypeScript declarations of a schema: an interface for it, and one for each of its definitions. */
export function typesOfSchema(name: string, schema: Schema): string {
  const all = Object.entries({ ...schema.definitions, [name]: schema });
  return all.map(([each, of]) => `export interface ${each} ${typeOf(of)}\n`).join('\n');
}

function typeOf(schema: Schema): string {
  const { $ref, items, properties } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  switch (schema.type) {
    case 'array':
      return `readonly (${items === undefined ? 'unknown' : typeOf(items)})[]`;
    case 'integer':
      return 'number';
    case 'object':
      return properties === undefined ? 'object' : membersOf(schema, properties);
    default:
      return schema.type ?? 'unknown';
  }
}

function membersOf({ required = [] }: Schema, properties: Readonly<Record<string, Schema>>): string {
  const members = Object.entries(properties).map(([name, of]) => {
    const mark = required.includes(name) ? '' : '?';
    return `  readonly ${name}${mark}: ${typeOf(of).replaceAll('\n', '\n  ')};\n`;
  });
  return `{\n${members.join('')}}`;
}
