import { removeNpmrcKey } from '../config/edit-npmrc.ts';
import type { Fix } from '../finding.ts';
import type { LockfileKind } from '../lockfile/lockfile.ts';
import { DEPENDENCY_SECTIONS, type Manifest } from '../manifest/manifest.ts';
import type { PackageManager, Project } from '../project/project.ts';
import { ignoringLines, isGitIgnored, unignore } from '../text/git-ignore.ts';
import type { Span } from '../text/span.ts';
import { nameOf } from '../text/uri.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * Without a lockfile in the repository each install takes whatever is newest, and none of the other checks of locked
 * packages says anything. A setting that turns the lockfile off is reported at that setting, an ignored lockfile at the
 * dependencies. What lies in the folder of a workspace member and is none itself (a template, a fixture) is let pass.
 * Known false positives: a library that leaves its lockfile out on purpose.
 */
interface Missing {
  readonly reason: 'none' | 'ignored' | 'turned-off';
  /** The lockfile that is ignored. */
  readonly lockfile: string | null;
}

export const lockfileMissing = defineRule({
  id: 'lockfile-missing',
  category: 'lockfile',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A project with dependencies and no lockfile in the repository.',
    why: `The lockfile says which versions everybody installs, and holds the integrity values that let npm notice a swapped
package. Without it each install resolves the ranges anew, and takes a bad release on the day it appears.

Members of a workspace have their lockfile at its root; templates and fixtures in the folder of a member are left out. For a
library that leaves its lockfile out on purpose, turn the rule off or ignore the finding with that reason.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
  ^^^^^^^^^^^^^^ lockfile-missing
    "left": "^1.0.0"
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
    "node_modules/left": { "version": "1.0.0" }
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }): Iterable<Found<Missing>> {
      if (manifest.uri !== project.rootManifest?.uri || isTurnedOff(project) || project.insideMember) return;
      const span = firstSection(manifest);
      if (span === undefined) return;
      const ignored = ignoredLockfile(project);
      if (project.lockfiles.length === 0) {
        yield { span, data: { reason: 'none', lockfile: ignored ?? null } };
      } else if (ignored !== undefined) {
        const { uri, text } = project.gitIgnore!;
        const line = ignoringLines(text, ignored).at(-1);
        const related =
          line === undefined ? [] : [{ uri, span: line, message: `${ignored} is ignored here.` }];
        yield { span, data: { reason: 'ignored', lockfile: ignored }, related };
      }
    },
    *npmrc(npmrc, { project }): Iterable<Found<Missing>> {
      if (npmrc !== project.npmConfig.project || !isTurnedOff(project)) return;
      if (project.rootManifest === undefined || firstSection(project.rootManifest) === undefined) return;
      const entry = turningOff(project);
      if (entry !== undefined)
        yield { span: entry.valueSpan, data: { reason: 'turned-off', lockfile: null } };
    },
  },
  message({ data: { reason, lockfile } }) {
    switch (reason) {
      case 'turned-off':
        return 'package-lock=false keeps npm from writing and reading a lockfile, so every install may take other versions; remove it.';
      case 'ignored':
        return `${lockfile} is ignored by git, so every clone of this project may take other versions; commit it.`;
      case 'none':
        return `This project has dependencies and no lockfile${lockfile === null ? '' : ` (and ${lockfile} is ignored by git)`}, so every install may take other versions; write one and commit it.`;
    }
  },
  *fix({ data }, { file, project }) {
    if (data.reason === 'turned-off') {
      const edits = removeNpmrcKey(file.text, 'package-lock').map((edit) => ({ uri: file.uri!, ...edit }));
      yield { title: 'Remove package-lock=false from .npmrc', applicability: 'unsafe', edits };
    } else if (data.reason === 'ignored') {
      const { uri, text } = project.gitIgnore!;
      const edits = unignore(text, data.lockfile!).map((edit) => ({ uri, ...edit }));
      yield { title: `Let git keep ${data.lockfile} (changes .gitignore)`, applicability: 'unsafe', edits };
    } else {
      yield* lockCommand(project.manager);
    }
  },
});

/** The key of the first section that has something from a registry; undefined where there is nothing to lock. */
function firstSection(manifest: Manifest): Span | undefined {
  for (const section of DEPENDENCY_SECTIONS) {
    if (section === 'peerDependencies') continue;
    const present = manifest.sections.findLast((item) => item.section === section);
    const locked = present?.dependencies.some(
      ({ declared, specifier }) =>
        declared !== undefined && ['version', 'range', 'tag', 'alias', 'catalog'].includes(specifier.type),
    );
    if (locked === true) return present?.keySpan;
  }
  return undefined;
}

function isTurnedOff(project: Project): boolean {
  return project.manager.name === 'npm' && turningOff(project) !== undefined;
}

function turningOff({ npmConfig }: Project) {
  const entry = npmConfig.project?.entries.findLast(({ key }) => key === 'package-lock');
  return entry?.value === 'false' ? entry : undefined;
}

const NAMES: Readonly<Record<LockfileKind, string>> = {
  'package-lock': 'package-lock.json',
  'npm-shrinkwrap': 'npm-shrinkwrap.json',
  yarn: 'yarn.lock',
  pnpm: 'pnpm-lock.yaml',
  bun: 'bun.lock',
};

/** The lockfile that git ignores, where it ignores every one that there is, or would be. */
function ignoredLockfile({ gitIgnore, lockfiles, manager }: Project): string | undefined {
  if (gitIgnore === undefined) return undefined;
  const own = manager.name === 'npm' ? NAMES['package-lock'] : NAMES[manager.name];
  const names = lockfiles.length === 0 ? [own] : lockfiles.map(({ uri }) => nameOf(uri));
  return names.every((name) => isGitIgnored(gitIgnore.text, name)) ? names[0] : undefined;
}

const COMMANDS = {
  npm: 'npm install --package-lock-only --ignore-scripts',
  pnpm: 'pnpm install --lockfile-only --ignore-scripts',
  yarn: 'yarn install --mode=update-lockfile',
  bun: 'bun install --lockfile-only --ignore-scripts',
} as const;

/** Yarn 1 has no way to write the lockfile alone. */
function* lockCommand({ name, version }: PackageManager): Generator<Fix> {
  if (name === 'yarn' && (version === undefined || version.startsWith('1.'))) return;
  const command = COMMANDS[name];
  yield {
    title: `Copy the command that writes the lockfile: ${command}`,
    applicability: 'display-only',
    edits: [],
    command,
  };
}
