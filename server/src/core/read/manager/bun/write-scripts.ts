import { appendAllToArray } from '../../text/json/json-edit.ts';
import type { ScriptSupport } from '../model/scripts.ts';

const FIELD = 'trustedDependencies';

/** Returns the items of `trustedDependencies`. */
export const trustedWritten: ScriptSupport['written'] = ({ rootManifest }) =>
  (rootManifest?.trustedDependencies?.names ?? []).map(
    (key) => ({ file: 'manifest', setting: FIELD, key, allowed: true, value: undefined }) as const,
  );

/** Appends names to `trustedDependencies`. A script is denied by leaving it out, so a denial writes nothing. */
export const writeTrusted: ScriptSupport['write'] = (requests, { rootManifest }) => {
  if (rootManifest === undefined || requests.some(({ allowed }) => !allowed)) return undefined;
  const names = requests.map(({ name }) => name);
  const edits = appendAllToArray(rootManifest.text, [FIELD], names);
  if (edits === undefined) return undefined;
  // The field replaces Bun's own list.
  const isNew = rootManifest.trustedDependencies === undefined;
  return {
    file: 'manifest',
    setting: FIELD,
    content: names.map((name) => JSON.stringify(name)).join(', '),
    ...(isNew ? { besides: "which replaces Bun's own list" } : {}),
    edits,
  };
};
