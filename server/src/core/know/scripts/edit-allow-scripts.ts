import semver from 'semver';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import { renameKey, setProperty } from '../../read/text/json/json-edit.ts';
import { splitRegistryKey } from './script-decision.ts';

/**
 * Returns edits of the root manifest that approve the scripts under a key of `allowScripts`. As in npm, an approval of
 * one version that is no longer locked moves to the new key. Undefined if the text is too broken.
 */
export function approveScripts(
  manifest: string,
  key: string,
  project: Project,
): readonly TextEdit[] | undefined {
  const stale = stalePin(manifest, key, project);
  if (stale !== undefined) return renameKey(manifest, stale, key);
  return setProperty(manifest, ['allowScripts', key], true, { sorted: true });
}

/** Returns edits of the root manifest that deny the scripts under a key of `allowScripts`. */
export function denyScripts(manifest: string, key: string): readonly TextEdit[] | undefined {
  return setProperty(manifest, ['allowScripts', key], false, { sorted: true });
}

/** Returns the only approval of a version of the same package that no locked entry has. */
function stalePin(manifest: string, key: string, { rootManifest, lockfile }: Project) {
  const name = splitRegistryKey(key)?.name;
  if (name === undefined || rootManifest?.text !== manifest) return undefined;
  const decisions = rootManifest.allowScripts?.decisions ?? [];
  if (decisions.some((decision) => decision.key === key)) return undefined;
  const pins = decisions.filter((decision) => {
    const parsed = splitRegistryKey(decision.key);
    if (parsed?.name !== name || decision.allowed !== true) return false;
    return semver.valid(parsed.specifier) !== null;
  });
  // All entries are searched for few packages only: there are thousands of these fixes in a large file.
  if (pins.length === 0) return undefined;
  const locked = new Set<string>();
  for (const entry of lockfile?.entries ?? []) {
    if (entry.name === name && entry.version !== undefined) locked.add(entry.version.value);
  }
  const gone = pins.filter(({ key: pin }) => !locked.has(splitRegistryKey(pin)!.specifier));
  return gone.length === 1 ? gone[0]!.keySpan : undefined;
}
