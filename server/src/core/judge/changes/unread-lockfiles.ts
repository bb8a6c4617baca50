import type { ConfigNode } from '../../read/config/tree/config-tree.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { LockfileKind } from '../../read/manager/model/files.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';

/** A lockfile that a setting makes the package manager read instead of the one read here. */
export interface UnreadLockfile {
  readonly uri: Uri;
  readonly format: LockfileKind;
  /** One sentence. */
  readonly reason: string;
  /** An imperative clause. */
  readonly advice: string;
}

export interface LockfileSettings {
  readonly project: Project;
  readonly files: ReadonlyMap<Uri, CheckedFile>;
}

/** Returns the lockfiles of a project that its package manager reads under another name or in another folder. */
export function unreadLockfiles(
  rootFileNames: ReadonlySet<string>,
  { project, files }: LockfileSettings,
): readonly UnreadLockfile[] {
  switch (specOf(project.manager).files.settingsKind) {
    case 'pnpmWorkspace':
      return [...ofBranches(rootFileNames, { project, files }), ...ofFolder({ project, files })];
    case 'yarnrc':
      return ofName(project);
    default:
      return [];
  }
}

/** The kind of the lockfile that it writes. */
function kindOf({ manager }: Project): LockfileKind {
  return specOf(manager).files.lockfiles[0]!.kind;
}

const BRANCH_SETTINGS = [
  'gitBranchLockfile',
  'mergeGitBranchLockfiles',
  'mergeGitBranchLockfilesBranchPattern',
];
const OFF: ReadonlySet<string> = new Set(['false', '']);

/**
 * Returns branch lockfiles: with `git-branch-lockfile`, pnpm reads that of the branch, or merges those of all branches.
 */
function ofBranches(
  rootFileNames: ReadonlySet<string>,
  settings: LockfileSettings,
): readonly UnreadLockfile[] {
  const found = BRANCH_SETTINGS.find((key) => !OFF.has(pnpmSetting(key, settings) ?? 'false'));
  if (found === undefined) return [];
  const names = [...rootFileNames].filter((name) => /^pnpm-lock\..+\.yaml$/.test(name)).sort();
  return names.map((name) => ({
    uri: joinUri(settings.project.root, name),
    format: kindOf(settings.project),
    reason: `"${found}" makes pnpm read it, but only pnpm-lock.yaml is supported.`,
    advice: `merge it into pnpm-lock.yaml and turn "${found}" off`,
  }));
}

function ofFolder(settings: LockfileSettings): readonly UnreadLockfile[] {
  const { root } = settings.project;
  const folder = pnpmSetting('lockfileDir', settings) ?? '';
  if (folder === '') return [];
  const isElsewhere = /^(?:[/\\~$]|[a-z]:)/i.test(folder);
  const uri = joinUri(isElsewhere ? root : joinUri(root, folder.replaceAll('\\', '/')), 'pnpm-lock.yaml');
  if (!isElsewhere && (uri === joinUri(root, 'pnpm-lock.yaml') || settings.files.has(uri))) return [];
  return [
    {
      uri,
      format: kindOf(settings.project),
      reason: `"lockfileDir" makes pnpm read the lockfile in ${folder}.`,
      advice: 'check the folder that holds the lockfile',
    },
  ];
}

/**
 * Reads a setting from pnpm-workspace.yaml, otherwise from .npmrc, where its name has dashes; returns "list" for a
 * list.
 */
function pnpmSetting(key: string, { project, files }: LockfileSettings): string | undefined {
  const node = project.pnpmWorkspace?.setting(key)?.value;
  if (node !== undefined) return scalarText(node) ?? 'list';
  const npmrc = files.get(joinUri(project.root, '.npmrc'));
  if (npmrc?.kind !== 'npmrc') return undefined;
  const dashed = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return npmrc.entries.findLast((entry) => entry.key === key || entry.key === dashed)?.value.trim();
}

function ofName(project: Project): readonly UnreadLockfile[] {
  const { root, yarnrcs } = project;
  const names = yarnrcs.map((yarnrc) => scalarText(yarnrc.setting('lockfileFilename')?.value));
  const name = names.find((value) => value !== undefined);
  if (name === undefined || name === 'yarn.lock') return [];
  return [
    {
      uri: joinUri(root, name),
      format: kindOf(project),
      reason: `"lockfileFilename" makes Yarn read ${name}, but only yarn.lock is supported.`,
      advice: 'rename it to yarn.lock and delete "lockfileFilename"',
    },
  ];
}

function scalarText(node: ConfigNode | undefined): string | undefined {
  return node?.type === 'scalar' ? node.text : undefined;
}
