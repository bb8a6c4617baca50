import semver from 'semver';
import { splitRegistryKey } from '../../read/manager/decision-key.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { DecisionEdits, DecisionRequest, WrittenDecision } from '../../read/manager/model/scripts.ts';
import type { Project } from '../../read/project/project.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { joinUri } from '../../read/text/paths/uri.ts';

/** A decision on a locked package's install scripts. */
export type Wanted = Omit<DecisionRequest, 'replaces'>;

/** A package whose install scripts are decided on, with the keys of decisions. */
export interface DecisionSubject {
  readonly package: string;
  readonly version: string | null;
  /** The key that approves only this version; null if the lockfile does not prove the version. */
  readonly exactKey: string | null;
  readonly anyVersionKey: string;
}

/** Returns the decision to write: an approval of this version where possible, or a denial of every version. */
export function decisionOn(subject: DecisionSubject, allowed: boolean): Wanted {
  const { package: name, version, exactKey, anyVersionKey } = subject;
  const key = allowed ? (exactKey ?? anyVersionKey) : anyVersionKey;
  return { name, version: key === name ? undefined : (version ?? undefined), key, allowed };
}

/** Formats the exact result of a decision, as the title of a fix. */
export function decisionTitle(subject: DecisionSubject, allowed: boolean, written: DecisionFix): string {
  const { package: name, version, exactKey } = subject;
  const { setting, content, besides } = written;
  const end = `add ${content} to ${setting}${besides === undefined ? '' : `, ${besides}`}`;
  if (!allowed) return `Deny the scripts of ${name}: ${end}`;
  if (exactKey !== null && content.includes(exactKey))
    return `Approve the script of ${name}${version === null ? '' : ` ${version}`}: ${end}`;
  const isUnproven = exactKey === null && version !== null;
  const because = isUnproven ? `, as the lockfile records no registry URL for ${name} ${version}` : '';
  return `Approve the script of every version of ${name}${because}: ${end}`;
}

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
