import { asObject, asText, type JsonObject, member } from './json-value.ts';
import type { Person } from './packument.ts';

/** Lengths above which a text is not a name, tag, version or id, or not a description, range or URL. */
export const MAX_SHORT = 256;
export const MAX_LONG = 2_000;

const MAX_PEOPLE = 500;

const MOST_LICENSES = 20;

/** Reads an SPDX expression, or one of the old forms `{ type }` and `[{ type }]`, a list of alternatives. */
export function readLicense(value: unknown): string | undefined {
  if (!Array.isArray(value)) return licenseType(value);
  const types = (value as readonly unknown[])
    .slice(0, MOST_LICENSES)
    .flatMap((one) => licenseType(one) ?? []);
  return types.length < 2 ? types[0] : asText(`(${types.join(' OR ')})`, MAX_SHORT);
}

function licenseType(value: unknown): string | undefined {
  return asText(value, MAX_SHORT) ?? asText(member(asObject(value), 'type'), MAX_SHORT);
}

/**
 * Reads a list of people; undefined unless the registry gives one: a partial mirror without it does not mean that there
 * are none.
 */
export function readPeople(value: unknown): readonly Person[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const people = (value as readonly unknown[])
    .slice(0, MAX_PEOPLE)
    .map((person) => readPerson(asObject(person)));
  const named = people.filter((person) => person !== undefined);
  return named.length === 0 ? undefined : named;
}

export function readPerson(object: JsonObject | undefined): Person | undefined {
  const name = asText(member(object, 'name'), MAX_SHORT);
  return name === undefined ? undefined : { name };
}
