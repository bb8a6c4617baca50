import { undecidedScripts } from '../../know/facts/unreviewed-scripts.ts';
import { scriptEffect } from '../../know/scripts/script-effect.ts';
import { removeNpmrcKey, setNpmrcKey } from '../../read/config/npm/edit-npmrc.ts';
import type { ConfigMember } from '../../read/config/tree/config-tree.ts';
import { removeLines } from '../../read/config/tree/remove-lines.ts';
import { setYamlLine } from '../../read/config/tree/set-yaml-line.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { specOf } from '../../read/manager/managers.ts';
import { isLooseValue, type LooseSetting, type StrictSetting } from '../../read/manager/model/scripts.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { Fix, Severity } from '../../read/text/finding.ts';
import { removeProperty } from '../../read/text/json/json-edit.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';

/**
 * A single setting can undo the review of all install scripts. Checks only the project's own files. Known false
 * positives: none; a package manager that runs scripts by default is reported only where a project decides on scripts,
 * and none is undecided, which would be a finding of its own.
 */
interface Unrestricted {
  readonly key: string;
  /** As written. */
  readonly setting: string;
  readonly lets: LooseSetting['lets'] | 'later';
  readonly manager: string;
  /** Where single packages are approved. */
  readonly review: string;
}

export const installScriptsUnrestricted = defineRule<Unrestricted, Record<string, never>>({
  id: 'install-scripts-unrestricted',
  category: 'scripts',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A setting that lets install scripts run without a review.',
    why: `\`dangerously-allow-all-scripts\` of npm and \`dangerouslyAllowAllBuilds\` of pnpm run the install scripts of
all packages, whatever was reviewed. These are errors. \`neverBuiltDependencies\` of pnpm 10, even if empty, makes it run
all scripts but those, if no list approves any: a warning. \`enableScripts: true\` of Yarn 4.14 and later restores the
default of earlier versions, which is a warning. With \`strictDepBuilds: false\`, pnpm 11 and later skips unreviewed
scripts without failing, so that they are easily overlooked: information.

npm up to 11 and Yarn up to 4.13 run every script that is not denied. In a project that approves its scripts, the
script of a dependency that is added later then runs before anybody reviews it. This is information, with the setting
that prevents it: \`strict-allow-scripts=true\` for npm 11.16 and later, \`enableScripts: false\` for Yarn.`,
    bad: `-- package.json --
{
  "name": "shop",
  "packageManager": "pnpm@11.2.0"
}
-- pnpm-workspace.yaml --
dangerouslyAllowAllBuilds: true
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-scripts-unrestricted: "dangerouslyAllowAllBuilds: true" runs the install scripts of all packages, reviewed or not. Delete it and approve packages in allowBuilds.
`,
    good: `-- package.json --
{
  "name": "shop",
  "packageManager": "pnpm@11.2.0"
}
-- pnpm-workspace.yaml --
allowBuilds:
  esbuild@0.28.2: true
`,
  },
  check: {
    *npmrc({ entries }, { project }) {
      for (const setting of looseIn('npmrc', project)) {
        const last = entries.findLast(({ key }) => key === setting.key);
        if (last === undefined || !isLooseValue(setting, last.value)) continue;
        const span = { start: last.keySpan.start, end: last.valueSpan.end };
        yield found(span, setting, `${setting.key}=${last.value.trim()}`, project);
      }
    },
    *pnpmWorkspace(file, { project }) {
      for (const setting of looseIn('workspace', project))
        yield* inTree(file.setting(setting.key), setting, project);
    },
    *yarnrc(file, { project }) {
      for (const setting of looseIn('yarnrc', project))
        yield* inTree(file.setting(setting.key), setting, project);
    },
    *manifest(manifest, context) {
      const { project } = context;
      const [section] = manifest.sections;
      if (manifest.uri !== project.rootManifest?.uri) return;
      for (const setting of looseIn('manifest', project)) {
        const key = manifest.pnpm?.keys.find(({ value }) => setting.key.endsWith(`.${value}`));
        if (key !== undefined) yield found(key.span, setting, setting.key, project);
      }
      if (section === undefined) return;
      const strict = missingSetting(context);
      if (strict === undefined) return;
      const data = { key: strict.key, setting: strict.shown, lets: 'later', ...describe(project) } as const;
      yield { span: section.keySpan, data, severity: 'information' };
    },
  },
  message({ data: { setting, lets, manager, review } }) {
    switch (lets) {
      case 'all':
        return `"${setting}" runs the install scripts of all packages, reviewed or not. Delete it and approve packages in ${review}.`;
      case 'default':
        return `"${setting}" runs every install script that is not denied. Delete it and approve packages in ${review}.`;
      case 'silent':
        return `"${setting}" skips unreviewed install scripts without failing the install. Delete it and decide in ${review}.`;
      case 'later':
        return `${manager} runs the install scripts of packages that are added later, before a review. Set "${setting}".`;
    }
  },
  *fix({ data: { key, setting, lets } }, { file, uri, project, text }) {
    const { scripts } = specOf(project.manager);
    const toFix = (title: string, target: Uri, edits: readonly TextEdit[] | undefined): Fix[] =>
      edits === undefined || edits.length === 0
        ? []
        : [{ title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri: target, ...edit })) }];
    if (lets === 'later') {
      const strict = scripts.strict(project.manager);
      if (strict === undefined) return;
      const target = joinUri(project.root, strict.file === 'npmrc' ? '.npmrc' : '.yarnrc.yml');
      yield* toFix(
        `Add "${setting}" to ${strict.file === 'npmrc' ? '.npmrc' : '.yarnrc.yml'}`,
        target,
        add(strict, text(target)),
      );
      return;
    }
    const loose = scripts.loose(project).find((one) => one.key === key && one.file === fileOf(file.kind));
    if (loose === undefined) return;
    const title = `Delete "${setting}"`;
    if (file.kind === 'manifest') yield* toFix(title, uri, removeProperty(file.text, loose.key.split('.')));
    if (file.kind === 'npmrc') yield* toFix(title, uri, removeNpmrcKey(file.text, loose.key));
    if (file.kind !== 'pnpmWorkspace' && file.kind !== 'yarnrc') return;
    const edits = file.settings
      .filter((member) => member.key === loose.key)
      .map(({ keySpan, value }) =>
        removeLines(file.text, { start: keySpan.start, end: value?.span.end ?? keySpan.end }),
      );
    if (!edits.includes(undefined))
      yield* toFix(
        title,
        uri,
        edits.flatMap((edit) => edit ?? []),
      );
  },
});

const LONGEST = 80;

function fileOf(kind: CheckedFile['kind']): LooseSetting['file'] | undefined {
  return kind === 'npmrc' || kind === 'yarnrc' || kind === 'manifest'
    ? kind
    : kind === 'pnpmWorkspace'
      ? 'workspace'
      : undefined;
}

const SEVERITY: Readonly<Record<LooseSetting['lets'], Severity>> = {
  all: 'error',
  default: 'warning',
  silent: 'information',
};

function looseIn(file: LooseSetting['file'], project: Project): readonly LooseSetting[] {
  return specOf(project.manager)
    .scripts.loose(project)
    .filter((setting) => setting.file === file);
}

function* inTree(
  member: ConfigMember | undefined,
  setting: LooseSetting,
  project: Project,
): Generator<Found<Unrestricted>> {
  const value = member?.value;
  if (member !== undefined && setting.value === 'set') {
    yield found(member.keySpan, setting, setting.key, project);
    return;
  }
  if (member === undefined || value?.type !== 'scalar' || !isLooseValue(setting, value.value)) return;
  const span = { start: member.keySpan.start, end: value.span.end };
  yield found(span, setting, `${setting.key}: ${value.text}`, project);
}

function found(
  span: Span,
  { key, lets }: LooseSetting,
  written: string,
  project: Project,
): Found<Unrestricted> {
  return {
    span,
    data: { key, setting: shownText(written, LONGEST), lets, ...describe(project) },
    severity: SEVERITY[lets],
  };
}

function describe(project: Project): Pick<Unrestricted, 'manager' | 'review'> {
  const { title, scripts } = specOf(project.manager);
  return { manager: title, review: scripts.approvedIn?.(project) ?? scripts.review };
}

/** Returns the setting that restricts later scripts, if the project decides on all scripts it is known to have. */
function missingSetting(context: RuleContext): StrictSetting | undefined {
  const { project } = context;
  const { scripts } = specOf(project.manager);
  if (scriptEffect(project) !== 'runs' || !scripts.isDecidable(project.manager)) return undefined;
  const strict = scripts.strict(project.manager);
  if (strict === undefined || isSet(strict, project)) return undefined;
  // A setting that lets everything run is a finding of its own.
  if (scripts.loose(project).some((setting) => isSet(setting, project))) return undefined;
  // Denials alone leave it open whether the others are meant to run.
  const isDecided = scripts
    .written(project)
    .some((decision) => decision.allowed === true && scripts.unread(decision, project) === undefined);
  if (!isDecided) return undefined;
  const undecided = undecidedScripts(context);
  return project.lockfile?.entries.some((entry) => undecided(entry) !== undefined) === true
    ? undefined
    : strict;
}

/** Checks whether any file has the setting, with whatever value. */
function isSet({ file, key }: Pick<LooseSetting, 'file' | 'key'>, project: Project): boolean {
  if (file === 'npmrc') return project.npmConfig.get(key) !== undefined;
  return project.yarnrcs.some((yarnrc) => yarnrc.setting(key) !== undefined);
}

function add({ file, key, value }: StrictSetting, text: string | undefined): readonly TextEdit[] | undefined {
  return file === 'npmrc' ? setNpmrcKey(text, key, value) : setYamlLine(text, key, value);
}
