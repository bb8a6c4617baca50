import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { lockedConfigDependencies } from '../../read/lockfile/pnpm/config-dependencies.ts';
import { describeBase } from '../../read/project/base.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { nameOf, parentUri } from '../../read/text/paths/uri.ts';
import { type Span, START } from '../../read/text/span.ts';
import { changedSettings } from '../changes/changed-code.ts';
import { configurationChanges } from '../changes/configuration-change.ts';
import { goneSettings, isKept, servedBy } from '../changes/gone-settings.ts';
import { guardingSettings } from '../changes/guarding-settings.ts';
import { isManagerUpdate } from '../changes/is-manager-update.ts';
import { redirectingOverrides } from '../changes/redirecting-overrides.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { misleads } from './misleading-alias.ts';

/**
 * Changing the registry changes what is installed wherever the lockfile has no URL, and programs run by a package
 * manager see everything. Such a line rarely changes, and is easily missed among others. Known false positives: an
 * intended change; it disappears once it is part of the base.
 */
interface SourceChange {
  readonly key: string;
  readonly kind: 'registry' | 'lockfile' | 'code' | 'override';
  readonly before: string | null;
  /** Null for a registry that is no longer set. */
  readonly after: string | null;
  /** The file removed together with it. */
  readonly gone?: string;
}

export const installSourceChanged = defineRule<SourceChange, Record<string, never>>({
  id: 'install-source-changed',
  category: 'registry',
  preset: 'security',
  severity: 'warning',
  facts: [],
  readsNoUrls: true,
  options: {},
  docs: {
    summary: 'A registry, proxy, lockfile or program of an install that changed since the base.',
    why: `The base is the state to compare with: the last commit, or the commit given with \`check --base\`, such as
the target branch of a pull request. A change of these settings changes what everybody installs:

- the registry: packages without a URL in the lockfile are fetched from it, and some package managers replace the host
  of every URL with it. Removing a private registry counts, also by deleting its file
- programs that run in each install, such as \`script-shell\`, \`.pnpmfile.cjs\`, \`yarnPath\` and plugins
- packages of \`configDependencies\`, also if only pnpm-lock.yaml adds or changes them
- \`defaultProtocol\` and \`cacheFolder\` of Yarn: another source of packages whose range names none, and another folder with
  archives of packages
- \`lockfile-dir\`, \`git-branch-lockfile\` and \`sharedWorkspaceLockfile\`, which make pnpm read another lockfile
- any other setting with a URL, as install scripts may download from it
- an override or catalog entry that replaces a package with a different one (information)
- patches in the project (information)

Files of workspace members, of Rush and above the project are compared as well. A downgrade of the pinned package
manager is reported. An update, or the first pin of a maintained one, is not. The rule runs in \`check\`. \`dephygiene diff\` lists every changed setting that affects an install.`,
    bad: `-- .npmrc --
registry=https://npm.other.example.test/
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-source-changed: "registry" is https://npm.other.example.test/ here, but was https://npm.acme.example.test/ in the last commit. Confirm that the change is intended.
-- package.json --
{ "name": "shop" }
`,
    good: `-- .npmrc --
registry=https://npm.acme.example.test/
-- package.json --
{ "name": "shop" }
`,
    base: 'registry=https://npm.acme.example.test/\n',
  },
  check: {
    npmrc: check,
    *pnpmWorkspace(file, context) {
      yield* check(file, context);
      yield* redirectedIn(file, context);
    },
    *yarnrc(file, context) {
      yield* check(file, context);
      yield* redirectedIn(file, context);
    },
    bunfig: check,
    *manifest(file, context) {
      yield* check(file, context);
      yield* redirectedIn(file, context);
      const { project } = context;
      if (parentUri(file.uri) !== project.root) return;
      const { start, end } = file.rootSpan ?? START;
      for (const { change, file: gone } of goneSettings(project))
        yield* lostRegistry(change, { start, end: Math.min(start + 1, end) }, project, gone);
    },
    *lockfile(file, { project }) {
      if (file.uri !== project.lockfile?.uri) return;
      for (const change of lockedOnly(project))
        yield {
          span: change.span,
          data: { key: change.key, kind: 'code', before: change.before, after: change.after },
        };
    },
    *program({ uri }, { project }) {
      yield* sourcesIn(project.sinceBase.programs.get(uri)?.settings ?? []);
    },
  },
  message({ data: { key, kind, before, after, gone } }, base) {
    if (after === null) {
      const where = gone === undefined ? 'here' : `, as ${shownText(gone, LONGEST)} is gone`;
      return `"${key}" is no longer set${gone === undefined ? ' ' : ''}${where}, but was ${shownText(before ?? '', LONGEST)} in ${describeBase(base)}. Confirm that the change is intended.`;
    }
    const was = before === null ? 'but was not set' : `but was ${shownText(before, LONGEST)}`;
    const what = kind !== 'code' || FOLDER_KEY.test(key) ? 'is' : isPatch(key) ? 'applies' : 'runs';
    return `"${key}" ${what} ${shownText(after, LONGEST)} here, ${was} in ${describeBase(base)}. Confirm that the change is intended.`;
  },
});

function* check(file: CheckedFile, { project }: RuleContext): Generator<Found<SourceChange>> {
  if (file.uri === undefined) return;
  const before = project.configurationBefore.get(file.uri);
  if (before === undefined) return;
  const changes = configurationChanges(before === 'absent' ? undefined : before, file);
  yield* sourcesIn(changes);
  for (const change of changes)
    if (!isKept(change, nameOf(file.uri), project)) yield* lostRegistry(change, START, project);
}

/** What nothing but the override shows: dependents name one package and get another. */
function* redirectedIn(file: CheckedFile, { project, popular }: RuleContext): Generator<Found<SourceChange>> {
  for (const { name, target, change } of redirectingOverrides(file, project)) {
    const { key, before = null, after, span } = change;
    // That is a finding of its own.
    if (after === undefined || span === undefined || misleads(name, target, popular)) continue;
    const data = { key, kind: 'override', before, after } as const;
    yield { span, data, package: target, severity: 'information' };
  }
}

interface LockedOnly {
  readonly key: string;
  readonly before: string | null;
  readonly after: string;
  readonly span: Span;
}

/**
 * Yields what pnpm runs before an install according only to its lockfile since the base, while the line that names it
 * did not change.
 */
function* lockedOnly(project: Project): Generator<LockedOnly> {
  const { lockfile, committedLockfile, lockfileBase, pnpmWorkspace, rootManifest } = project;
  if (committedLockfile === undefined && lockfileBase !== 'absent') return;
  const edges = lockedConfigDependencies(lockfile);
  if (edges.length === 0) return;
  const was = new Map(
    lockedConfigDependencies(committedLockfile).map(({ name, version }) => [name, version?.value]),
  );
  const files = [pnpmWorkspace, rootManifest].filter((file) => file !== undefined);
  const isOf = (key: string, name: string) => {
    const own = key.replace(/^pnpm\./, '');
    return own === `configDependencies.${name}` || own.startsWith(`configDependencies.${name}.`);
  };
  const named = files.flatMap((file) => guardingSettings(file));
  const changed = files.flatMap((file) => changedSettings(file, project) ?? []);
  for (const { name, version, nameSpan } of edges) {
    const before = was.get(name);
    if (version === undefined || before === version.value) continue;
    const isDeclared = named.some(
      ({ key, value }) => isOf(key, name) && value.split('+', 1)[0] === version.value,
    );
    // A declared dependency is first locked when pnpm is updated.
    if (isDeclared && (before === undefined || changed.some(({ key }) => isOf(key, name)))) continue;
    yield { key: `configDependencies.${name}`, before: before ?? null, after: version.value, span: nameSpan };
  }
}

/**
 * Yields a registry that is no longer configured: its packages then come from the public one, where anybody may own
 * their names. Not for the public registry, which is the default.
 */
function* lostRegistry(
  { key, kind, before, after }: ConfigurationChange,
  span: Span,
  { npmConfig }: Project,
  gone?: string,
): Generator<Found<SourceChange>> {
  if (kind !== 'registry' || after !== undefined || before === undefined) return;
  if (servedBy(key) === undefined || npmConfig.isOpen(before)) return;
  yield { span, data: { key, kind, before, after: null, ...(gone === undefined ? {} : { gone }) } };
}

function* sourcesIn(changes: readonly ConfigurationChange[]): Generator<Found<SourceChange>> {
  const named = changes.find(({ key }) => key === 'devEngines.packageManager.name')?.after;
  for (const change of changes)
    if (isOfSource(change) && !isManagerUpdate(change, named)) yield found(change);
}

/** The limit for a value in a message, as that of a plugin includes a checksum. */
const LONGEST = 120;

const FOLDER_KEY = /(?:dir|folder|cache)$/i;

/** Checks for a patch of a file in the project, an unlikely mistake as a review shows it. */
function isPatch(key: string): boolean {
  return /^(?:pnpm\.)?patchedDependencies\.|^(?:pnpmOptions\.)?globalPatchedDependencies\./.test(key);
}

function isInProject(path: string): boolean {
  return !/^[/\\~]|^[a-z][a-z\d+.-]*:|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(path);
}

/** What the package manager does without the setting. */
const DEFAULTS: ReadonlyMap<string, RegExp> = new Map([
  ['cacheFolder', /^(?:\.\/)?\.yarn\/cache\/?$/],
  ['defaultProtocol', /^npm:$/],
  ['sharedWorkspaceLockfile', /^true$/],
  ['shared-workspace-lockfile', /^true$/],
]);

interface OfSource extends ConfigurationChange {
  readonly kind: 'registry' | 'lockfile' | 'code';
  readonly after: string;
  readonly span: Span;
}

/** Checks for changes with a place to report; removed settings have none. */
function isOfSource(change: ConfigurationChange): change is OfSource {
  const { key, kind, before, after, span, isRepeated } = change;
  const isDefault = before === undefined && after !== undefined && DEFAULTS.get(key)?.test(after) === true;
  const isSameRegistry = kind === 'registry' && before?.replace(/\/$/, '') === after?.replace(/\/$/, '');
  return (
    isRepeated === undefined &&
    !isDefault &&
    !isSameRegistry &&
    (kind === 'registry' || kind === 'lockfile' || kind === 'code') &&
    after !== undefined &&
    span !== undefined
  );
}

function found({ key, kind, before, after, span }: OfSource): Found<SourceChange> {
  const isReviewed = isPatch(key) && isInProject(after);
  return {
    span,
    data: { key, kind, before: before ?? null, after },
    ...(isReviewed ? { severity: 'information' } : {}),
  };
}
