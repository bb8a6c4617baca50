/** Keywords that make an editor report something: the rules report the same, with a fix. */
const CHECKS: ReadonlySet<string> = new Set([
  ...['additionalProperties', 'required', 'pattern', 'minLength', 'minItems', 'maxItems', 'uniqueItems'],
]);
/** Keywords that completion needs: they stay as one alternative, beside any other value. */
const SHAPES: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'enumDescriptions', 'properties', 'items', 'anyOf', 'defaultSnippets', 'default'],
]);

/** Returns a schema that completes and describes the same, and accepts any value. */
export function uncheckedSchema(schema: object): object {
  const kept = Object.entries(schema).filter(([key]) => !CHECKS.has(key));
  const shape = Object.fromEntries(
    kept.filter(([key]) => SHAPES.has(key)).map(([key, value]) => [key, unchecked(key, value)]),
  );
  const rest = Object.fromEntries(kept.filter(([key]) => !SHAPES.has(key)));
  return Object.keys(shape).length === 0 ? rest : { ...rest, anyOf: [shape, {}] };
}

function unchecked(key: string, value: unknown): unknown {
  switch (key) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as Record<string, object>).map(([name, inner]) => [
          name,
          uncheckedSchema(inner),
        ]),
      );
    case 'items':
      return Array.isArray(value) ? value.map(uncheckedSchema) : uncheckedSchema(value as object);
    case 'anyOf':
      return (value as readonly object[]).map(uncheckedSchema);
    default:
      return value;
  }
}
