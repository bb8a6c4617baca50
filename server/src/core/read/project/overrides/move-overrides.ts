import { specOf } from '../../manager/managers.ts';
import { type ManifestOverrideField, pathOfField } from '../../manager/model/overrides.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { appendLines } from '../../text/edit.ts';
import type { FileEdit } from '../../text/finding.ts';
import { removeProperty, renameKey } from '../../text/json/json-edit.ts';
import { joinUri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';
import { readsField } from './overrides.ts';

/** The same field of a manifest under the name that the project's package manager reads. */
export interface RenamedField {
  readonly to: ManifestOverrideField;
  readonly edits: readonly FileEdit[];
}

/**
 * Renames the field to the one that the package manager reads; undefined if that one already exists, if a key may have
 * another meaning in it, or if the version of pnpm is unknown, because the latest ones read neither.
 */
export function renamedField(
  manifest: Manifest,
  field: string,
  { manager }: Pick<Project, 'manager'>,
): RenamedField | undefined {
  const to = specOf(manager).overrides.fieldInManifest(manager.version);
  if (
    to === undefined ||
    field === to ||
    (field !== 'overrides' && field !== 'resolutions') ||
    !readsField(manager, to)
  )
    return undefined;
  const isSimple = manifest[field].every(
    ({ path, value }) => path.length === 1 && isBareName(path[0]!.value) && !value.value.startsWith('$'),
  );
  if (manifest[to].length > 0 || !isSimple) return undefined;
  const edits = renameKey(manifest.text, [field], to) ?? [];
  return edits.length === 0
    ? undefined
    : { to, edits: edits.map((edit) => ({ uri: manifest.uri, ...edit })) };
}

/** Checks for a name without versions, parents or stars. */
function isBareName(key: string): boolean {
  return /^(?:@[^/@*>]+\/)?[^/@*>]+$/.test(key);
}

/**
 * Returns edits that remove `pnpm.overrides` from a manifest and append its lines to pnpm-workspace.yaml, which is
 * created if missing. Undefined if that file is broken or has overrides of its own.
 */
export function overridesToWorkspace(
  manifest: Manifest,
  { root, pnpmWorkspace }: Pick<Project, 'root' | 'pnpmWorkspace'>,
): readonly FileEdit[] | undefined {
  const own = manifest.pnpm?.overrides ?? [];
  if (own.length === 0 || own.some(({ path }) => path.length !== 1)) return undefined;
  const isBroken = (pnpmWorkspace?.problems.length ?? 0) > 0;
  if (isBroken || pnpmWorkspace?.setting('overrides') !== undefined) return undefined;
  const removal = removeProperty(manifest.text, pathOfField('pnpm.overrides'));
  if (removal === undefined) return undefined;
  const uri = pnpmWorkspace?.uri ?? joinUri(root, 'pnpm-workspace.yaml');
  const lines = own.map(({ path, value }) => `  ${scalar(path[0]!.value)}: ${scalar(value.value)}`);
  const addition = appendLines(pnpmWorkspace?.text ?? '', ['overrides:', ...lines]);
  return [{ uri, ...addition }, ...removal.map((edit) => ({ uri: manifest.uri, ...edit }))];
}

/** Formats any text as a YAML string. */
function scalar(text: string): string {
  return /^[a-z][\w.-]*$/i.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
