import { CLEAN, type LockedVersion, type LockVerdict } from '../../core/know/incident/find-bad-entries.ts';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject, type JsonObject, member } from '../../core/know/registry/documents/json-value.ts';
import type { CachePort } from '../../engine/ports.ts';
import { lockfileNameOf } from './lockfile-paths.ts';

/** The verdicts on the lockfile texts of one repository, by the object's id and the name of the file. */
export interface KnownVerdicts {
  /** @param isSure whether only a verdict counts that was added as such */
  of(object: string, path: string, isSure?: boolean): LockVerdict | undefined;
  /** @param isSure whether the text has that id, and all of it was judged */
  add(object: string, path: string, verdict: LockVerdict, isSure?: boolean): void;
  /** Writes what is new to the cache. What could not be read is read again the next time. */
  keep(now: number): Promise<void>;
  /** What the last run found; undefined after any change. */
  readonly last: LastRun | undefined;
  remember(last: LastRun): void;
}

/** What a run found behind references. */
export interface LastRun {
  readonly references: string;
  /** Identifies the references without git; undefined if that is not known, or something could not be read. */
  readonly state: string | undefined;
  readonly head: string | undefined;
  readonly result: unknown;
}

const VERSION = 7;

/**
 * Reads the verdicts of earlier runs with the same question. An object's id stands for its content, so a verdict holds as
 * long as question and program stay the same, which are part of the key.
 */
export async function readKnownVerdicts(
  cache: CachePort | undefined,
  question: string,
  directory: string,
): Promise<KnownVerdicts> {
  const key = `incident ${VERSION} ${question} ${directory}`;
  const stored = asObject(parseJson((await cache?.read(key).catch(() => undefined))?.text ?? ''));
  const clean = new Map<string, Set<string>>();
  const found = new Map<string, LockVerdict>();
  for (const [name, ids] of entriesOf(member(stored, 'clean')))
    if (Array.isArray(ids)) clean.set(name, new Set(ids.filter((id) => typeof id === 'string')));
  for (const [place, hits] of entriesOf(member(stored, 'hits')))
    if (isVersions(hits)) found.set(place, { hits, unread: undefined });
  const kept = member(stored, 'sure');
  const sure = new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []);
  let last = lastRunIn(stored);
  let isNew = false;
  const keyOf = (object: string, path: string) => `${object} ${formatOf(path)}`;
  return {
    of(object, path, isSure = false) {
      if (isSure && !sure.has(keyOf(object, path))) return undefined;
      if (clean.get(formatOf(path))?.has(object) === true) return CLEAN;
      return found.get(keyOf(object, path));
    },
    add(object, path, verdict, isSure = false) {
      isNew = true;
      if (isSure) {
        // An earlier verdict may be one that was not sure.
        found.delete(keyOf(object, path));
        clean.get(formatOf(path))?.delete(object);
        sure.add(keyOf(object, path));
      }
      if (verdict.hits.length > 0 || verdict.unread !== undefined) {
        found.set(keyOf(object, path), verdict);
        return;
      }
      const name = formatOf(path);
      const ids = clean.get(name);
      if (ids === undefined) clean.set(name, new Set([object]));
      else ids.add(object);
    },
    async keep(now) {
      if (!isNew || cache === undefined) return;
      const hits = [...found].flatMap(([place, { hits, unread }]) =>
        unread === undefined ? [[place, hits]] : [],
      );
      const text = JSON.stringify({
        ...last,
        clean: Object.fromEntries([...clean].map(([name, ids]) => [name, [...ids]])),
        hits: Object.fromEntries(hits),
        sure: [...sure],
      });
      await cache.write(key, { text, asOf: now }).catch(() => undefined);
      isNew = false;
    },
    get last() {
      return last;
    },
    remember(run) {
      isNew = true;
      last = run;
    },
  };
}

function lastRunIn(stored: JsonObject | undefined): LastRun | undefined {
  const text = (name: string) => {
    const value = member(stored, name);
    return typeof value === 'string' ? value : undefined;
  };
  const references = text('references');
  if (references === undefined) return undefined;
  return { references, state: text('state'), head: text('head'), result: member(stored, 'result') };
}

function formatOf(path: string): string {
  return lockfileNameOf(path) ?? '';
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  const object = asObject(value);
  return object === undefined ? [] : Object.entries(object);
}

function isVersions(value: unknown): value is readonly LockedVersion[] {
  return (
    Array.isArray(value) &&
    value.every((each: unknown) => {
      const object = asObject(each);
      return typeof member(object, 'name') === 'string' && typeof member(object, 'version') === 'string';
    })
  );
}
