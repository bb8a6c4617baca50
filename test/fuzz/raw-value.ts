/** A value that a parser of JSON or YAML gives, and of which nothing is known. */
export type RawObject = Readonly<Record<string, unknown>>;

export function isRawObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, an empty one for any other. */
export function objectOf(value: unknown): RawObject {
  return isRawObject(value) ? value : {};
}

/** The member of an object itself: `toString` and `__proto__` only where the text has them. */
export function own(object: RawObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The names that some sections of dependencies have a text for. */
export function namesIn(object: RawObject, ...sections: readonly string[]): readonly string[] {
  return sections.flatMap((section) =>
    Object.entries(objectOf(own(object, section)))
      .filter(([, specifier]) => typeof specifier === 'string')
      .map(([name]) => name),
  );
}
