/** Parts of the schemas of reports. */
export const text = { type: 'string' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const list = (items: object) => ({ type: 'array', items });
export const one = (...values: readonly string[]) => ({ enum: values });
export const ref = (name: string) => ({ $ref: `#/definitions/${name}` });

/** An object whose members are all required, except for those whose name ends with `?`. Others may be added later. */
export function object(members: Readonly<Record<string, object>>): object {
  const entries = Object.entries(members);
  const required = entries.map(([name]) => name).filter((name) => !name.endsWith('?'));
  const properties = Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ''), schema]));
  return { type: 'object', required, properties };
}
