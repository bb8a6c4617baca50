import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { InstallDifference } from '../../read/project/install-state.ts';
import { firstLockedSection } from '../../read/project/locked/needed-lockfile.ts';
import { installerOf } from '../../read/project/manager/installation.ts';
import type { Severity } from '../../read/text/finding.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import { type Span, START } from '../../read/text/span.ts';
import { joinNames, namesAndMore, plural } from '../../read/text/words/words.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Reports installs that differ from the lockfile. Not reported: optional packages, those for other platforms, workspace
 * links, bundled packages, and parts that were left out of an install as a whole. Known false alarms: none.
 */
type Mismatch =
  | (InstallDifference & Context)
  | ({ readonly kind: 'more'; readonly of: InstallDifference['kind']; readonly count: number } & Context)
  | ({ readonly kind: 'summary'; readonly counts: readonly Counted[] } & Context);

interface Context {
  /** The name of the lockfile. */
  readonly lockfile: string;
  /** The command that installs the locked versions. */
  readonly command: string;
}

interface Counted {
  readonly kind: InstallDifference['kind'];
  readonly packages: readonly string[];
}

const SEVERITY: Readonly<Record<InstallDifference['kind'], Severity>> = {
  altered: 'error',
  extra: 'warning',
  version: 'warning',
  link: 'information',
  missing: 'information',
};

const KINDS = Object.keys(SEVERITY) as readonly InstallDifference['kind'][];
/** An install of another branch differs in hundreds of packages. */
const MOST_OF_KIND = 20;

export const installedMismatch = defineRule<Mismatch, Record<string, never>>({
  id: 'installed-mismatch',
  category: 'lockfile',
  preset: 'recommended',
  // Only `check --installed` compares more than the record.
  isAskedFor: ({ installState }) => installState !== undefined && installState.record === undefined,
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'node_modules that differs from the lockfile.',
    why: `Reviews and audits read the lockfile, but Node.js runs what is in node_modules. A package that somebody put there, or a
file that was changed after the install, is in no diff.

\`dephygiene check --installed\` compares all installed packages: extra and missing ones, other versions, and changed
files where the package's archive is in a cache of this machine and has the locked hash. A file such as
\`node_modules/left.js\`, which Node.js loads instead of the folder \`left\`, is an extra package. Within a package, a file that is
loaded instead of a published one is a change of it. It does so in every preset.
Editors compare the record that npm, pnpm and Yarn keep in node_modules, and show one finding for each project.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
  ^^^^^^^^^^^^^^ installed-mismatch
    "left": "^1.0.0"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left": "^1.0.0" } },
    "node_modules/left": { "version": "1.0.1" }
  }
}
-- node_modules/.package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "node_modules/left": { "version": "1.0.0" }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "^1.0.0"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left": "^1.0.0" } },
    "node_modules/left": { "version": "1.0.1" }
  }
}
-- node_modules/.package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "node_modules/left": { "version": "1.0.1" }
  }
}
`,
  },
  check: {
    *manifest(manifest, { project, unknown }): Generator<Found<Mismatch>> {
      const { installState: state, lockfile } = project;
      if (state === undefined || lockfile === undefined || manifest.uri !== project.rootManifest?.uri) return;
      if (lockfile.text !== state.lockText) return;
      if (!state.isInstalled && state.record === undefined) unknown('node_modules', 'not-installed');
      for (const name of state.uncompared) unknown(name, 'not-cached');
      for (const name of state.patched) unknown(name, 'patched');
      const context = { lockfile: nameOf(lockfile.uri), command: installerOf(project).commands.frozen };
      const section = firstLockedSection(manifest) ?? START;
      if (state.record !== undefined) {
        const counts = countsOf(state.differences);
        if (counts.length === 0) return;
        yield { span: section, data: { kind: 'summary', counts, ...context }, severity: 'information' };
        return;
      }
      for (const kind of KINDS) {
        const all = state.differences.filter((each) => each.kind === kind);
        const severity = SEVERITY[kind];
        for (const each of all.slice(0, MOST_OF_KIND)) {
          const span = declaredAt(manifest, each.name) ?? section;
          const version = each.version === null ? {} : { version: each.version };
          yield { span, data: { ...each, ...context }, severity, package: each.name, ...version };
        }
        const count = all.length - MOST_OF_KIND;
        if (count > 0) yield { span: section, data: { kind: 'more', of: kind, count, ...context }, severity };
      }
    },
  },
  message({ data }) {
    switch (data.kind) {
      case 'summary': {
        const parts = data.counts.map(
          ({ kind, packages }) =>
            `${plural(packages.length, ...TITLES[kind])} (${namesAndMore(packages, 3)})`,
        );
        return `node_modules differs from ${data.lockfile}: ${joinNames(parts)}. Run "${data.command}".`;
      }
      case 'more': {
        const others = plural(data.count, ...TITLES[data.of]);
        return `node_modules has ${others} more than listed. Run "${data.command}".`;
      }
      default:
        return describe(data);
    }
  },
  *fix({ data }) {
    yield {
      title: `Copy "${data.command}", which installs the locked versions`,
      applicability: 'display-only',
      edits: [],
      command: data.command,
    };
  },
});

const TITLES: Readonly<Record<InstallDifference['kind'], [one: string, many: string]>> = {
  altered: ['altered package', 'altered packages'],
  extra: ['extra package', 'extra packages'],
  version: ['other version', 'other versions'],
  link: ['linked package', 'linked packages'],
  missing: ['missing package', 'missing packages'],
};

function describe({
  kind,
  name,
  version,
  path,
  locked,
  files,
  lockfile,
  command,
}: InstallDifference & Context) {
  const what = shownText(version === null ? name : `${name} ${version}`);
  const wanted = locked.length === 0 ? 'the locked package' : shownText(locked.slice(0, 3).join(' or '));
  const place = shownText(path ?? 'node_modules');
  // Not in the archives of Yarn, nor in what it unpacks beside them.
  const isInModules = /(?:^|\/)node_modules(?:\/|$)/.test(place) && !/(?:\.zip|\bunplugged)\//.test(place);
  const culprit = isInModules ? 'node_modules' : 'it';
  const [first = '', ...others] = files;
  const more = others.length === 0 ? '' : ` and ${plural(others.length, 'other file')}`;
  switch (kind) {
    case 'altered':
      return `${what} is altered: ${shownText(first)}${more} in ${place} ${others.length === 0 ? 'is' : 'are'} not as locked. Find out who changed it, then delete ${culprit} and run "${command}".`;
    case 'extra':
      return `${what} is installed but not in ${lockfile}: ${place}. Find out who put it there, then delete ${culprit} and run "${command}".`;
    case 'version':
      return `${what} is installed instead of ${wanted}: ${place}. Run "${command}".`;
    case 'link':
      return `${what} is a link to another folder instead of ${wanted}: ${place}. Unlink it, or run "${command}".`;
    case 'missing':
      return `${what} is locked but not installed. Run "${command}".`;
  }
}

function countsOf(differences: readonly InstallDifference[]): readonly Counted[] {
  return KINDS.flatMap((kind) => {
    const packages = differences.flatMap((each) =>
      each.kind === kind ? shownText(each.version === null ? each.name : `${each.name} ${each.version}`) : [],
    );
    return packages.length === 0 ? [] : [{ kind, packages }];
  });
}

function declaredAt(manifest: Manifest, name: string): Span | undefined {
  return manifest.dependencies.find((dependency) => dependency.name === name)?.nameSpan;
}
