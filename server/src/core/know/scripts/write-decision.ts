import semver from 'semver';
import { splitRegistryKey } from '../../read/manager/decision-key.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { DecisionEdits, DecisionRequest, WrittenDecision } from '../../read/manager/model/scripts.ts';
import type { Project } from '../../read/project/project.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { joinUri } from '../../read/text/paths/uri.ts';

/** A decision on a locked package's install scripts. */
export type Wanted = Omit<DecisionRequest, 'replaces'>;

export interface DecisionFix extends Omit<DecisionEdits, 'edits' | 'file'> {
  readonly edits: readonly FileEdit[];
}

/**
 * Returns edits that write decisions of one kind into the files of the project's package manager. As in npm, an
 * approval of one version that is no longer locked moves to the new one. Undefined if the package manager reads no such
 * decision, or a file is too broken.
 */
export function writeDecisions(wanted: readonly Wanted[], project: Project): DecisionFix | undefined {
  const { write, written } = specOf(project.manager).scripts;
  const present = written(project);
  const requests = wanted.map((request) => ({
    ...request,
    replaces: request.allowed ? stalePin(request, present, project) : undefined,
  }));
  const made = write(requests, project);
  if (made === undefined || made.edits.length === 0) return undefined;
  const uri =
    made.file === 'manifest'
      ? project.rootManifest?.uri
      : (project.pnpmWorkspace?.uri ?? joinUri(project.root, 'pnpm-workspace.yaml'));
  if (uri === undefined) return undefined;
  const { file: _, edits, ...rest } = made;
  return { ...rest, edits: edits.map((edit) => ({ uri, ...edit })) };
}

/** Returns the only approval of a version of the same package that no locked entry has. */
function stalePin(
  { name, key }: Wanted,
  present: readonly WrittenDecision[],
  { lockfile }: Project,
): WrittenDecision | undefined {
  if ((splitRegistryKey(key)?.specifier ?? '') === '') return undefined;
  if (present.some((decision) => decision.key.value === key)) return undefined;
  const pins = present.filter(({ key: { value }, allowed }) => {
    const parsed = splitRegistryKey(value);
    return allowed === true && parsed?.name === name && semver.valid(parsed.specifier) !== null;
  });
  // All entries are searched for few packages only: there are thousands of these fixes in a large file.
  if (pins.length === 0) return undefined;
  const locked = new Set<string>();
  for (const entry of lockfile?.entries ?? []) {
    if (entry.name === name && entry.version !== undefined) locked.add(entry.version.value);
  }
  const gone = pins.filter((pin) => !locked.has(splitRegistryKey(pin.key.value)!.specifier));
  return gone.length === 1 ? gone[0] : undefined;
}
