import { asObject, member } from '../registry/documents/json-value.ts';
import type { ListedVersions } from './bad-versions.ts';
import { readIncidentRows, rowOfNothingElse } from './read-incident-rows.ts';

/** A list in JSON, and the places in it that could not be read. */
export interface IncidentJsonRows {
  readonly rows: readonly ListedVersions[];
  readonly unread: readonly string[];
}

/**
 * Reads a list in JSON that is none of OSV records: of `name@1.2.3`, of objects with `name` and `version`, or an object with
 * the versions by name. Undefined for anything else.
 */
export function readIncidentJson(value: unknown): IncidentJsonRows | undefined {
  const rows: ListedVersions[] = [];
  const unread: string[] = [];
  const add = (place: string, row: ListedVersions | undefined) => {
    if (row === undefined) unread.push(`${place} is not a package with a version`);
    else rows.push(row);
  };
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    if (!items.some((item) => typeof item === 'string' || versionsIn(item) !== undefined)) return undefined;
    for (const [at, item] of items.entries())
      add(`item ${at + 1}`, typeof item === 'string' ? readIncidentRows(item).rows[0] : rowOfObject(item));
    return { rows, unread };
  }
  const own = asObject(value);
  if (own === undefined || member(own, 'affected') !== undefined || member(own, 'id') !== undefined)
    return undefined;
  for (const [name, versions] of Object.entries(own)) {
    const text = textOf(versions);
    add(name, text === undefined ? undefined : rowOfNothingElse(name, text));
  }
  return rows.length === 0 ? undefined : { rows, unread };
}

function rowOfObject(item: unknown): ListedVersions | undefined {
  const object = asObject(item);
  const name = member(object, 'name') ?? member(object, 'package');
  const versions = versionsIn(item);
  return typeof name === 'string' && versions !== undefined ? rowOfNothingElse(name, versions) : undefined;
}

/** Returns the versions of an item of a list; undefined for an OSV record. */
function versionsIn(item: unknown): string | undefined {
  const object = asObject(item);
  return member(object, 'affected') === undefined
    ? textOf(member(object, 'version') ?? member(object, 'versions'))
    : undefined;
}

function textOf(versions: unknown): string | undefined {
  if (typeof versions === 'string') return versions;
  return Array.isArray(versions) && versions.length > 0 && versions.every((each) => typeof each === 'string')
    ? versions.join(', ')
    : undefined;
}
