import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { describeBase } from '../../read/project/base.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { ConfigurationChange, InstallProgram, ProgramChange } from '../../read/project/since-base.ts';
import type { Severity } from '../../read/text/finding.ts';
import { nameOf, parentUri, relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { plural } from '../../read/text/words/words.ts';
import { changedSettings, runsUnnamed, takenCommands, takesRegistryName } from '../changes/changed-code.ts';
import { guardingSettings, isToolField } from '../changes/guarding-settings.ts';
import { installScriptsOf, lifecycleScripts } from '../changes/install-scripts.ts';
import { firstInstallVariable, holdsVariables } from '../changes/install-variables.ts';
import { nameVariant } from '../changes/name-variant.ts';
import { isReadFile, type NamedProgram, namedPrograms, nameIn } from '../changes/named-programs.ts';
import { newArchives } from '../changes/new-archives.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';

/**
 * A lockfile does not cover code that the repository itself contributes to an install. Whoever changes it runs code on
 * every machine that installs, and a bundle of three megabytes is easily missed in review. Known false positives: an
 * intended change; it disappears once it is part of the base.
 */
interface CodeChange {
  readonly what:
    | 'script'
    | 'program'
    | 'patch'
    | 'archive'
    | 'cached'
    | 'variables'
    | 'installed'
    | 'member'
    | 'variant'
    | 'read'
    | 'command';
  /** The path below the root, the name of the script, or that of the package. */
  readonly subject: string;
  /**
   * What names the file; null if nothing does. For a script its previous text; null if the base has none. For a
   * variant, the name it is read as.
   */
  readonly by: string | null;
  /** For a script, its new text. */
  readonly after?: string;
  /** For a program, the number of further changed files that run with it; for a cached archive, that of further ones. */
  readonly others?: number;
  readonly isNew: boolean;
}

export const installCodeChanged = defineRule<CodeChange, Record<string, never>>({
  id: 'install-code-changed',
  category: 'scripts',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'Code in the repository that an install runs or links and that differs from the base.',
    why: `An install runs more than the scripts of packages:

- \`.pnpmfile.cjs\`, the release that \`yarnPath\` names, and Yarn's plugins
- code that \`binding.gyp\` builds
- lifecycle scripts of the root and its members, with the scripts and files that these run

It also applies patches, unpacks archives that \`file:\` names and those in Yarn's cache, and reads \`.env.yarn\`, \`.corepack.env\` and Bun's \`.env\`,
the list of \`onlyBuiltDependenciesFile\` and the certificates of \`cafile\`.
A package in a tracked node_modules stays as it is, also behind a link. A file named like \`.NPMRC\` or \`Package.json\` is another file on
Linux, and the known one on macOS and Windows. A lockfile shows none of that.

yarn.lock has no hash of packages for certain systems, such as \`@esbuild/linux-x64\`, so Yarn installs what its cache in the
repository has. A new archive of such a package is a warning if the base locks the same version, else information.

The package manager decides which lifecycle scripts run. npm and Yarn 1 run \`prepublish\` of the root, and npm also
\`dependencies\` with its pre and post scripts. From there \`npm run build\`, \`run-s\` and the like lead to other scripts
of the same manifest. \`npm run x -w member\`, \`pnpm --filter\`, \`yarn workspaces foreach\`, \`cd dir && npm run x\`,
turbo, Nx and Lerna lead to those of other manifests. A change of the files that such a runner reads counts too, such
as \`turbo.json\`.

In a command, programs with a path, arguments of interpreters, options such as \`--require\` and \`--env-file\`, and the
\`bin\` of members count. So does the configuration that a tool loads as code, such as \`rollup.config.mjs\` for
\`rollup -c\`, and its field in package.json, such as \`wireit\`. Settings for compilers and
linters do not. On Windows a file such as \`tsc.cmd\` beside package.json runs in place of \`tsc\`.

In these files, \`require\`, \`import\` and \`source\` with a written path are followed to any depth, up to 10,000 files.
The same goes for \`imports\` of package.json, \`paths\` of tsconfig.json and the includes and calls of \`binding.gyp\`. The
rest is reported as not checked. Paths that a program computes, commands that it starts and other languages are not followed.

A folder that becomes a workspace member, by a new or wider pattern, is new to the install with all that it runs. A
member replaces a registry package if it has its name and a version that fits. It replaces a command if its \`bin\` has
the name of one that an install script runs or that another package has.

The finding is on the token that names the file, else on the file's first line. It is a warning where \`--base\` names
the commit, as for a pull request. It is information where \`check\` compares with HEAD, as the change is then most
likely your own, and new files that git does not ignore count before they are added. Editors do the same in a trusted folder: when a project is opened, when one of its manifests, lockfiles
or configuration files is saved, and after a commit. Patches are always information. Files that one script loads are
one finding. A file is reported once: if the setting that names it changed too,
[\`install-source-changed\`](install-source-changed.md) reports it.`,
    bad: `-- package.json --
{
  "name": "shop",
  "scripts": {
    "postinstall": "node setup.js"
    ^^^^^^^^^^^^^ install-code-changed: "postinstall" is new since the last commit and runs "node setup.js" at install. Review it.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop"
}
`,
    base: '{ "name": "shop" }\n',
  },
  check: {
    *manifest(file, { project }) {
      yield* changedScripts(file, project);
      const taking = takesRegistryName(file, project);
      if (taking !== undefined) {
        const name = file.name!.value;
        const data = {
          what: 'member',
          subject: name,
          by: null,
          isNew: taking === file.name,
        } as const;
        yield { span: taking.span, data, package: name, ...severityIn(project) };
      }
      for (const { name, span, from } of takenCommands(file, project)) {
        const data = {
          what: 'command',
          subject: name,
          by: from ?? null,
          isNew: true,
        } as const;
        yield { span, data, ...severityIn(project) };
      }
      yield* namedBy(file, project);
    },
    npmrc: checkNamed,
    pnpmWorkspace: checkNamed,
    yarnrc: checkNamed,
    bunfig: checkNamed,
    *program(file, { project }) {
      const change = project.sinceBase.programs.get(file.uri);
      if (change === undefined || !runsUnnamed(file, change, project)) return;
      if (change.kind === 'archive' && change.state === 'new') {
        yield cachedArchives(file, project);
        return;
      }
      const path = relativeUri(project.root, change.installed?.folder ?? file.uri);
      const others = change.kind === 'installed' ? otherPackages(file.uri, project) : 0;
      const what = change.kind === 'installed' ? 'installed' : whatIs(file.uri, change.kind);
      const variant = what === 'variant' ? (nameVariant(nameOf(file.uri)) ?? null) : null;
      const by = others === 0 ? variant : `${others} other ${others === 1 ? 'package' : 'packages'}`;
      const data = { what, subject: path, by, isNew: change.state === 'new' };
      yield { span: firstLine(file), data, ...severityIn(project, what) };
    },
  },
  message({ data: { what, subject, by, after = '', others = 0, isNew } }, base) {
    const name = shownText(subject, LONGEST);
    const place = by === null ? '' : `, by "${shownText(by, LONGEST)}"`;
    const revision = describeBase(base);
    const since = `${isNew ? 'is new' : 'changed'} since ${revision}`;
    switch (what) {
      case 'script': {
        const was = by === null ? '' : `, not "${shownText(by, LONGEST)}"`;
        return `"${name}" ${since} and runs "${shownText(after, LONGEST)}"${was} at install. Review it.`;
      }
      case 'program':
        if (others > 0)
          return `${name} and ${others} other ${others === 1 ? 'file' : 'files'} ${since} and run at install${place}. Review them.`;
        return `${name} ${since} and runs at install${place}. Review it.`;
      case 'patch':
        return `${name} ${since} and patches a package${place}. Review it.`;
      case 'read':
        return `${name} ${since} and decides what an install trusts${place}. Review it.`;
      case 'archive':
        return `${name} ${since} and is installed${place}. Build it yourself, or ask where it is from.`;
      case 'cached': {
        const [more, them] = others === 0 ? ['', 'it'] : [` and ${plural(others, 'other archive')}`, 'them'];
        const are = others === 0 ? since : since.replace(/^is/, 'are');
        return `${name}${more} ${are}, and yarn.lock has no hash of ${them}. Delete ${them}, run "yarn install", and compare.`;
      }
      case 'variables':
        return `${name} ${since} and sets variables that an install reads. Review it.`;
      case 'installed':
        return `${name}${by === null ? '' : ` and ${by}`} in git changed since ${revision}, and an install keeps such a copy. Remove node_modules from git, or review it.`;
      case 'variant':
        return `${name} ${since}, and macOS and Windows read it as ${by ?? 'another file'}. Rename or remove it.`;
      case 'command':
        return by === null
          ? `Command "${name}" of this member is new since ${revision}, and a script of the install runs it. Review it.`
          : `Command "${name}" of this member is new since ${revision} and may replace that of ${shownText(by, LONGEST)}. Rename it.`;
      case 'member':
        return `Member "${name}" takes the place of the registry package that ${revision} installs. Make sure that this is meant.`;
    }
  },
});

/** The limit for a value in a message. */
const LONGEST = 120;

function* changedScripts(file: CheckedFile, project: Project): Generator<Found<CodeChange>> {
  // A whole project missing from HEAD is work in progress.
  const isWorking = !project.sinceBase.isGiven && project.configurationBefore.get(file.uri!) === 'absent';
  if (isWorking) return;
  const changes = changedSettings(file, project) ?? [];
  if (file.kind !== 'manifest') return;
  yield* changedFields(changes, project);
  if (!changes.some(({ key }) => key.startsWith('scripts.'))) return;
  const isTop = isRoot(file.uri, project);
  // In a new manifest everything is new: what its lifecycle scripts run is reported with them.
  const isNewFile = project.configurationBefore.get(file.uri) === 'absent';
  const run = isNewFile
    ? new Set(lifecycleScripts(project.manager, isTop))
    : installScriptsOf(file, project.manager, isTop);
  const elsewhere = project.sinceBase.elsewhere.get(file.uri);
  for (const { key, before, after, span, isRepeated } of changes) {
    if (isRepeated || !key.startsWith('scripts.') || after === undefined || span === undefined) continue;
    const subject = key.slice('scripts.'.length);
    if (!run.has(subject) && elsewhere?.has(subject) !== true) continue;
    const isNew = before === undefined;
    const data = { what: 'script', subject, by: before ?? null, after, isNew } as const;
    yield { span, data, ...severityIn(project) };
  }
}

/** Yields the first change in each field of a tool that an install runs. */
function* changedFields(
  changes: readonly ConfigurationChange[],
  project: Project,
): Generator<Found<CodeChange>> {
  const told = new Set<string>();
  for (const { key, before, after, span } of changes) {
    const field = key.split('.', 1)[0]!;
    if (!isToolField(key) || after === undefined || span === undefined || told.has(field)) continue;
    told.add(field);
    const isNew = before === undefined;
    yield {
      span,
      data: { what: 'script', subject: key, by: before ?? null, after, isNew },
      ...severityIn(project),
    };
  }
}

function isRoot(uri: Uri, { root }: Project): boolean {
  return parentUri(uri) === root;
}

function* checkNamed(file: CheckedFile, { project }: RuleContext): Generator<Found<CodeChange>> {
  yield* namedBy(file, project);
}

/** Yields files that changed while the setting that names them did not. */
function* namedBy(file: CheckedFile, project: Project): Generator<Found<CodeChange>> {
  const { programs, namedIn, reachedIn } = project.sinceBase;
  if (programs.size === 0) return;
  const told = new Set<Uri>();
  const changed = new Set((changedSettings(file, project) ?? []).map(({ span }) => span?.start));
  yield* reachedBy(file, project, changed);
  const run =
    file.kind === 'manifest' ? installScriptsOf(file, project.manager, isRoot(file.uri, project)) : undefined;
  for (const program of namedPrograms(file)) {
    const { key, span, valueSpan } = program;
    const isRun = run === undefined || !key.startsWith('scripts.') || run.has(key.slice('scripts.'.length));
    if (!isRun || changed.has(span.start)) continue;
    for (const uri of urisOf(program, project)) {
      const change = programs.get(uri);
      const isElsewhere = namedIn.get(nameIn(namedIn, uri) ?? uri) !== file.uri || reachedIn.has(uri);
      if (change === undefined || isElsewhere || told.has(uri)) continue;
      told.add(uri);
      const what = isReadFile(key) ? 'read' : whatIs(uri, change.kind);
      const subject = relativeUri(project.root, uri);
      const data = { what, subject, by: key, isNew: change.state === 'new' };
      yield { span: valueSpan, data, ...severityIn(project, what) };
    }
  }
}

/**
 * Yields one finding for each script or setting, including everything its code loads, as a module may load hundreds.
 */
function* reachedBy(
  file: CheckedFile,
  project: Project,
  changed: ReadonlySet<number | undefined>,
): Generator<Found<CodeChange>> {
  const { programs, reached, elsewhere } = project.sinceBase;
  const found = file.uri === undefined ? undefined : reached.get(file.uri);
  if (found === undefined) return;
  const settings = guardingSettings(file, elsewhere.get(file.uri!));
  const told = new Set<Uri>();
  for (const { key, value, uris } of found) {
    const setting = settings.find((one) => one.key === key && one.valueText === value);
    if (setting === undefined || changed.has(setting.span.start)) continue;
    const others = uris.filter((uri) => !told.has(uri) && programs.has(uri));
    for (const uri of others) told.add(uri);
    const [first, ...rest] = others;
    if (first === undefined) continue;
    const what = isReadFile(key) ? 'read' : whatIs(first, programs.get(first)!.kind);
    const isNew = rest.length === 0 && programs.get(first)!.state === 'new';
    const data = { what, subject: relativeUri(project.root, first), by: key, others: rest.length, isNew };
    yield { span: setting.valueSpan, data, ...severityIn(project, what) };
  }
}

/** Returns the files that a name may refer to. */
function urisOf({ uri, as }: NamedProgram, { sinceBase: { programs, mains } }: Project): readonly Uri[] {
  if (as === 'main') return mains.get(uri) ?? [];
  return as === 'patches' ? [...programs.keys()].filter((one) => `${parentUri(one)}/` === uri) : [uri];
}

function whatIs(uri: Uri, kind: ProgramChange['kind']): CodeChange['what'] {
  if (kind === 'archive') return 'archive';
  if (nameVariant(nameOf(uri)) !== undefined) return 'variant';
  if (holdsVariables(uri) || uri.endsWith('/.env.yarn')) return 'variables';
  return /\.(?:patch|diff)$/i.test(uri) ? 'patch' : 'program';
}

/**
 * Returns a lower severity for patches, which a review shows as they are, and for changes since HEAD, most likely the
 * user's own work.
 */
function severityIn(
  { sinceBase: { isGiven } }: Project,
  what?: CodeChange['what'],
): { readonly severity?: Severity } {
  return isGiven && what !== 'patch' ? {} : { severity: 'information' };
}

/** Returns the finding on all new archives. An update of such a package comes with a new one. */
function cachedArchives(file: InstallProgram, project: Project): Found<CodeChange> {
  const { uris, isLockedBefore } = newArchives(project);
  const subject = relativeUri(project.root, file.uri);
  const data = { what: 'cached', subject, by: null, others: uris.length - 1, isNew: true } as const;
  const severity = isLockedBefore ? severityIn(project) : ({ severity: 'information' } as const);
  return { span: firstLine(file), data, ...severity };
}

/** Counts the other changed packages in the same node_modules. */
function otherPackages(uri: Uri, { root, sinceBase: { programs } }: Project): number {
  const topOf = (path: string) => /^(.*?)node_modules(?:\/|$)/i.exec(path)?.[1] ?? path;
  const top = topOf(relativeUri(root, uri));
  let count = -1;
  for (const { kind, uri: other } of programs.values())
    if (kind === 'installed' && topOf(relativeUri(root, other)) === top) count++;
  return count;
}

/** Returns the first meaningful line, truncated if the whole file is one line. */
function firstLine({ uri, text }: InstallProgram): Span {
  const first = holdsVariables(uri) ? firstInstallVariable(uri, text) : text.split(/[\r\n]/, 1)[0]!;
  const start = Math.max(0, text.indexOf(first));
  return { start, end: start + Math.min(first.length, LONGEST) };
}
