/** An object of parsed JSON. Its members are read with `member`, never by name: `__proto__` is a name like others. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** Returns the object's own member; undefined for inherited ones. */
export function member(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Returns a string of at most `max` code units; longer ones are truncated if `cut` is set, otherwise they count as
 * missing, as does one with a NUL.
 */
export function asText(value: unknown, max: number, cut = false): string | undefined {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) return undefined;
  if (value.length <= max) return value;
  return cut ? `${value.slice(0, max - 1)}…` : undefined;
}

export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NOTHING;
}

const NOTHING: readonly unknown[] = [];
