import { removeNpmrcKey } from '../../read/config/npm/edit-npmrc.ts';
import type { MemberNpmrc, NpmrcEntry } from '../../read/config/npm/npmrc.ts';
import type { SettingsFile } from '../../read/config/setting-lines.ts';
import { camelCaseKey } from '../../read/config/setting-name.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { isGuardingKey } from '../../read/manager/guarding-key.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { CooldownHome } from '../../read/manager/model/cooldown.ts';
import { manifestFaults, type SettingFault, settingFaults } from '../../read/manager/setting-faults.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Project } from '../../read/project/project.ts';
import { besideFileOf } from '../../read/project/secrets/beside-files.ts';
import { appendLines } from '../../read/text/edit.ts';
import type { Severity } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { joinUri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { namesAndMore } from '../../read/text/words/words.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Known keys are those of npm's own definitions and of the tables in `read/manager/<name>/definitions.ts`. A key that is
 * near none of them is not reported: scripts of packages read settings of their own, and plugins add some. Keys of the
 * cooldown are those of `release-age-gate-missing`, and credentials those of other rules.
 */
interface Unknown {
  readonly type: SettingFault['type'] | 'in-member' | 'in-manifest' | 'in-member-npmrc';
  readonly keys: readonly string[];
  readonly manager: string;
  readonly version: string | undefined;
  readonly instead: string;
  /** The file that the keys belong to. */
  readonly home: CooldownHome | undefined;
}

/** The limit for a key in a message. */
const LONGEST = 40;

export const configKeyUnknown = defineRule<Unknown, Record<string, never>>({
  id: 'config-key-unknown',
  category: 'registry',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A setting that the package manager does not read as it is meant.',
    why: `Package managers ignore most unknown settings without an error. A misspelled \`ignore-script=true\` protects
nothing, and neither does a setting of another package manager, or one that this version does not know.

The rule reports:

- a key that is one or two letters from a known one: a warning if that setting protects installs, otherwise a hint. This
  includes \`pnpm\` in package.json with pnpm up to 10
- settings of pnpm in .npmrc, of which pnpm 11 and later read only registries, credentials, proxies and certificates
- settings of pnpm in the package.json of a workspace member, or in any package.json with pnpm 11 and later
- the .npmrc of a workspace member, which npm, Bun, and pnpm 11 and later ignore: information if a setting in it protects
  installs, otherwise a hint. They read it with \`--prefix\`, \`--no-workspaces\` or \`--ignore-workspace\`. pnpm up to 10 and
  Yarn 1 read it for commands in that folder
- a protecting setting of another package manager in .npmrc, or in .yarnrc of Yarn 1
- a protecting setting that is newer than the package manager
- a setting of \`[install]\` outside of it, in bunfig.toml
- deprecated settings of npm: a hint

A value that would lower protection is not reported where it has no effect, such as
\`dangerously-allow-all-builds=true\` in the wrong file. Other unknown keys are not reported, because scripts of packages and plugins have settings of their own.`,
    bad: `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- .npmrc --
ignore-script=true
^^^^^^^^^^^^^ config-key-unknown
`,
    good: `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- .npmrc --
ignore-scripts=true
`,
  },
  check: {
    *manifest(file, { project }) {
      yield* inManifest(file, project);
    },
    npmrc: (file, { project }) => faultsIn(file, project),
    memberNpmrc: (file, { project }) => inMemberNpmrc(file, project),
    *program(file, { project }) {
      const beside = besideFileOf(file, project);
      if (beside?.kind === 'memberNpmrc') yield* inMemberNpmrc(beside, project);
    },
    pnpmWorkspace: (file, { project }) => faultsIn(file, project),
    yarnrc: (file, { project }) => faultsIn(file, project),
    bunfig: (file, { project }) => faultsIn(file, project),
  },
  message({ data: { type, keys, manager, version, instead, home } }) {
    const names = `"${namesAndMore(
      keys.map((key) => shownText(key, LONGEST)),
      3,
    )}"`;
    const have = keys.length === 1 ? 'has' : 'have';
    switch (type) {
      case 'misspelled':
        return `${names} is no setting of ${manager}, and has no effect. Did you mean "${instead}"?`;
      case 'deprecated':
        return `${names} is deprecated in ${manager}. Use "${instead}".`;
      case 'too-new':
        return `${names} has no effect, because ${manager} ${version} does not know it. Update to ${manager} ${instead} or later.`;
      case 'foreign':
        return `${names} has no effect, because it is a setting of ${instead}, and not of ${manager}. Delete it, or use a setting of ${manager}.`;
      case 'misplaced':
        return `${names} has no effect here, because ${manager} reads it in ${instead}. Move it there.`;
      case 'unread':
        return `${names} ${have} no effect, because ${manager} ${version} does not read such settings from .npmrc. Move them to ${home!.fileName}.`;
      case 'in-member':
        return `${names} ${have} no effect, because ${manager} reads "${instead}" only in the package.json of the root. Move it there.`;
      case 'in-member-npmrc': {
        const unless = instead === '' ? '' : ` unless called with ${instead}`;
        const them = keys.length === 1 ? 'it' : 'them';
        return `${names} ${have} no effect, because ${manager} ignores the .npmrc of a workspace member${unless}. Move ${them} to that of the root.`;
      }
      case 'in-manifest':
        return `${names} ${have} no effect, because ${manager} ${version} does not read "${instead}" in package.json. Move the settings to ${home!.fileName}.`;
    }
  },
  *fix({ span, data: { type, keys, instead, home } }, { file, uri, project, text }) {
    if (type === 'misspelled')
      yield {
        title: `Rename to "${instead}"`,
        applicability: 'unsafe',
        edits: [{ uri, span, newText: file.kind === 'manifest' ? JSON.stringify(instead) : instead }],
      };
    if (type !== 'unread' || file.kind !== 'npmrc' || home === undefined) return;
    if ((project.pnpmWorkspace?.problems.length ?? 0) > 0) return;
    const moved = new Set(keys);
    const target = joinUri(project.root, home.fileName);
    const lines = yamlLines(file.entries.filter(({ key }) => moved.has(key)));
    const removed = keys.flatMap((key) => removeNpmrcKey(file.text, key));
    yield {
      title: `Move ${keys.length === 1 ? `"${keys[0]}"` : `${keys.length} settings`} to ${home.fileName}`,
      applicability: 'unsafe',
      edits: [
        { uri: target, ...appendLines(text(target) ?? '', lines) },
        ...removed.map((edit) => ({ uri, ...edit })),
      ],
    };
  },
});

function* faultsIn(file: SettingsFile, project: Project): Generator<Found<Unknown>> {
  const faults = settingFaults(file, project.manager).filter(
    ({ type, key }) => type !== 'too-new' || !OF_OTHER_RULES.test(key),
  );
  const isSetElsewhere = ({ instead }: SettingFault) =>
    project.pnpmWorkspace?.settings.some(({ key }) => camelCaseKey(key) === instead) === true;
  const unread = faults.filter((fault) => fault.type === 'unread' && !isSetElsewhere(fault));
  if (unread.length > 0) yield foundOf(unread, project);
  for (const fault of faults) if (fault.type !== 'unread') yield foundOf([fault], project);
}

/** Yields one finding for all settings of a file that nothing reads. */
function* inMemberNpmrc(file: MemberNpmrc, { manager }: Project): Generator<Found<Unknown>> {
  const spec = specOf(manager);
  const { settings, title, cooldown, isCertain } = spec;
  const isRead = settings.readsMemberNpmrc(manager.version);
  const [first] = file.entries;
  if (isRead || first === undefined || manager.because === 'default' || !isCertain) return;
  const keys = [...new Set(file.entries.map(({ key }) => key))];
  const data: Unknown = {
    ...{ type: 'in-member-npmrc', keys, manager: title, version: manager.version },
    ...{ instead: settings.memberNpmrcOptions.join(' or '), home: cooldown.home },
  };
  const severity = keys.some((key) => isGuardingKey(spec, key)) ? 'information' : 'hint';
  yield { span: first.keySpan, data, severity };
}

function foundOf(faults: readonly SettingFault[], { manager }: Project): Found<Unknown> {
  const [first] = faults;
  const { type, reader, instead, keySpan, readerTitle = reader.title } = first!;
  const keys = [...new Set(faults.map(({ key }) => key))];
  const { version } = manager;
  const data = { type, keys, manager: readerTitle, version, instead, home: reader.cooldown.home };
  return { span: keySpan, data, ...hintUnless(faults.some(({ isGuarding }) => isGuarding)) };
}

function hintUnless(isWarning: boolean): { readonly severity?: Severity } {
  return isWarning ? {} : { severity: 'hint' };
}

/** Other rules report these, each for itself. */
const OF_OTHER_RULES = /^(?:overrides|auditConfig|updateConfig|allowBuilds|\w+BuiltDependencies\w*)$/;

function* inManifest({ uri, pnpm }: Manifest, project: Project): Generator<Found<Unknown>> {
  // Most manifests read nothing of the project then, and need not be checked again when that changes.
  if (pnpm === undefined) return;
  const { manager, rootManifest, members } = project;
  const { settings, title, cooldown } = specOf(manager);
  const field = settings.manifestField;
  if (field === undefined || manager.because === 'default') return;
  const isMember = uri !== rootManifest?.uri && members.has(uri);
  const isRead = settings.readsManifest(manager.version);
  if (uri === rootManifest?.uri && isRead)
    for (const fault of manifestFaults(pnpm.keys, specOf(manager))) yield foundOf([fault], project);
  if (!isMember && (uri !== rootManifest?.uri || isRead)) return;
  const keys = pnpm.keys.filter(
    ({ value }) => !OF_OTHER_RULES.test(value) && (!isRead || !field.inMembers.includes(value)),
  );
  if (keys.length === 0) return;
  const span: Span = keys[0]!.span;
  const data: Unknown = {
    type: isRead ? 'in-member' : 'in-manifest',
    keys: keys.map(({ value }) => value),
    ...{ manager: title, version: manager.version, instead: field.name, home: cooldown.home },
  };
  yield { span, data, ...hintUnless(false) };
}

/** Formats lines of an .npmrc as YAML; lists have one line for each item. */
function yamlLines(entries: readonly NpmrcEntry[]): readonly string[] {
  const values = groupBy(entries, ({ key }) => camelCaseKey(key));
  return [...values].flatMap(([key, lines]) => {
    const last = lines.at(-1)!;
    if (!last.list) return [`${key}: ${yamlValue(last.value.trim())}`];
    return [`${key}:`, ...lines.map(({ value }) => `  - ${yamlValue(value.trim())}`)];
  });
}

function yamlValue(value: string): string {
  return /^(?:true|false|\d+|[a-z][\w./-]*)$/i.test(value) ? value : JSON.stringify(value);
}
