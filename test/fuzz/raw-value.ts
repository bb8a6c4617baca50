/** An unvalidated value from a JSON or YAML parser. */
export type RawObject = Readonly<Record<string, unknown>>;

export function isRawObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value as an object, an empty one for any other. */
export function objectOf(value: unknown): RawObject {
  return isRawObject(value) ? value : {};
}

/** Returns an object's own member: `toString` and `__proto__` only if the text has them. */
export function own(object: RawObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Returns the names that have a text in some sections of dependencies. */
export function namesIn(object: RawObject, ...sections: readonly string[]): readonly string[] {
  return sections.flatMap((section) =>
    Object.entries(objectOf(own(object, section)))
      .filter(([, specifier]) => typeof specifier === 'string')
      .map(([name]) => name),
  );
}
