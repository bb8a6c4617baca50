import semver from 'semver';
import { addSettings } from '../../read/config/add-settings.ts';
import type { ConfigMember } from '../../read/config/tree/config-tree.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { SettingFile, SettingLine } from '../../read/manager/model/baseline.ts';
import type { Member, Project } from '../../read/project/project.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { setProperty } from '../../read/text/json/json-edit.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';

/** A setting that a baseline adds, and why. */
export interface BaselineLine {
  readonly uri: Uri;
  /** As written: `save-exact=true`. */
  readonly setting: string;
  readonly reason: string;
}

/** The safe configuration of a project, as far as it is missing. */
export interface Baseline {
  readonly added: readonly BaselineLine[];
  readonly edits: readonly FileEdit[];
  /** Settings of the project that differ from the proposed ones, and are left as they are. */
  readonly kept: readonly { readonly uri: Uri; readonly setting: string; readonly proposed: string }[];
  /** Lines for a file in which none can be added. */
  readonly unwritten: readonly BaselineLine[];
}

/**
 * Plans the settings that the project's package manager and version need beyond their defaults. A setting that the project
 * has is never changed, whatever its value, and neither is one with the same purpose.
 * @param text returns the current text of a file, undefined if it does not exist
 */
export function planBaseline(project: Project, text: (uri: Uri) => string | undefined): Baseline {
  const added: BaselineLine[] = [];
  const unwritten: BaselineLine[] = [];
  const kept: Baseline['kept'][number][] = [];
  const edits: FileEdit[] = [];
  const missing: SettingLine[] = [];
  for (const line of proposedLines(project)) {
    const present = presentSetting(project, line);
    if (present === undefined) missing.push(line);
    else if (present.value !== unquoted(line.value))
      kept.push({ uri: uriOf(project, line.file), setting: present.shown, proposed: shownLine(line) });
  }
  for (const [file, lines] of groupBy(missing, ({ file }) => file)) {
    const uri = uriOf(project, file);
    const settings = lines.map(({ key, value, reason }) => ({ key, value, comment: `${reason}.` }));
    const edit = isReadable(project, uri) ? addSettings(file, text(uri), settings) : undefined;
    const listed = lines.map((line) => ({ uri, setting: shownLine(line), reason: `${line.reason}.` }));
    (edit === undefined ? unwritten : added).push(...listed);
    if (edit !== undefined) edits.push({ uri, ...edit });
  }
  const pin = managerPin(project);
  if (pin !== undefined) {
    added.push(pin.line);
    edits.push(...pin.edits);
  }
  return { added, edits, kept, unwritten };
}

/** Returns the edit that adds one setting, unless the project has it, or one with the same purpose. */
export function planSetting(
  project: Project,
  line: SettingLine,
  text: (uri: Uri) => string | undefined,
): FileEdit | undefined {
  const uri = uriOf(project, line.file);
  if (presentSetting(project, line) !== undefined || !isReadable(project, uri)) return undefined;
  const edit = addSettings(line.file, text(uri), [{ ...line, comment: `${line.reason}.` }]);
  return edit === undefined ? undefined : { uri, ...edit };
}

/** Formats a setting as its file has it. */
export function shownLine({ file, key, value }: Pick<SettingLine, 'file' | 'key' | 'value'>): string {
  switch (file) {
    case '.npmrc':
      return `${key}=${value}`;
    case '.yarnrc':
      return `${key} ${value}`;
    case 'bunfig.toml':
      return `${key} = ${value}`;
    default:
      return `${key}: ${value}`;
  }
}

function proposedLines(project: Project): readonly SettingLine[] {
  const { baseline, cooldown } = specOf(project.manager);
  const configured = cooldown.configured(project);
  return baseline.lines({
    version: project.manager.version,
    isLibrary: [...project.members.values()].some(isPublished),
    hasCooldown: configured !== undefined && (configured.wait > 0 || configured.before !== undefined),
    hasScriptList: project.rootManifest?.allowScripts !== undefined,
  });
}

/** Checks whether a member can be published: it needs ranges, so that its users get one copy of what it depends on. */
export function isPublished(member: Member): boolean {
  return !member.private && member.name !== undefined && member.version !== undefined;
}

/** Returns the setting of a project with the purpose of a line, in its own files. */
export function presentSetting(
  project: Project,
  { file, key, instead = [] }: SettingLine,
): { readonly value: string; readonly shown: string } | undefined {
  for (const one of [key, ...instead]) {
    const value = settingOf(project, file, one);
    if (value !== undefined) return { value, shown: shownLine({ file, key: one, value }) };
  }
  return undefined;
}

/** Returns the value of a setting in the project's own files. */
function settingOf(project: Project, file: SettingFile, key: string): string | undefined {
  const { npmConfig, pnpmWorkspace, bunfig } = project;
  switch (file) {
    case '.npmrc':
      return npmConfig.project?.entries.findLast((entry) => entry.key === key)?.value;
    case 'pnpm-workspace.yaml':
      return textOf(pnpmWorkspace?.setting(key));
    case 'bunfig.toml':
      return textOf(bunfig?.setting(...key.split('.')));
    default:
      // Those above the root apply as well.
      for (const yarnrc of project.yarnrcs) {
        const value = yarnrc.level === 'project' ? textOf(yarnrc.setting(key)) : undefined;
        if (value !== undefined) return value;
      }
      return undefined;
  }
}

function textOf(member: ConfigMember | undefined): string | undefined {
  if (member === undefined) return undefined;
  return member.value?.type === 'scalar' ? member.value.text : '…';
}

function isReadable({ pnpmWorkspace, yarnrcs, bunfig }: Project, uri: Uri): boolean {
  const file = [pnpmWorkspace, bunfig, ...yarnrcs].find((one) => one?.uri === uri);
  return file === undefined || file.problems.length === 0;
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, '$2');
}

function uriOf({ root }: Project, file: string): Uri {
  return joinUri(root, file);
}

/** Pins the version of the package manager where another file of the project states it, and none pins it. */
function managerPin(
  project: Project,
): { readonly line: BaselineLine; readonly edits: readonly FileEdit[] } | undefined {
  const { manager, rootManifest } = project;
  const { name, version, because } = manager;
  if (rootManifest === undefined || because === 'default' || version === undefined) return undefined;
  const isPinned =
    rootManifest.packageManager !== undefined ||
    rootManifest.devEnginesPackageManager.length > 0 ||
    rootManifest.volta.has(name) ||
    specOf(manager).isPinnedBy(project);
  if (isPinned || semver.valid(version) !== version) return undefined;
  const value = `${name}@${version}`;
  const edits = setProperty(rootManifest.text, ['packageManager'], value);
  if (edits === undefined || edits.length === 0) return undefined;
  const { uri } = rootManifest;
  return {
    line: {
      ...{ uri, setting: `"packageManager": "${value}"` },
      reason: 'Everyone uses one version, with the same defaults for install scripts and cooldowns.',
    },
    edits: edits.map((edit) => ({ uri, ...edit })),
  };
}
