import type { PnpmWorkspace } from '../../read/config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../../read/config/yarn/yarnrc.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { effectiveDependencies, isInstalled } from '../../read/manifest/effective-dependencies.ts';
import { exoticAmong } from '../../read/manifest/exotic-among.ts';
import {
  asGit,
  type GitRef,
  type GitSpecifier,
  gitRefOf,
  isFullCommit,
} from '../../read/manifest/git-ref.ts';
import type { Manifest, ManifestDependency } from '../../read/manifest/manifest.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { catalogEntries } from '../../read/project/catalogs/catalog-entries.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { isSameRepository, lockedCommit } from '../../read/project/locked/locked-commit.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import { recordSpecifier } from '../../read/project/locked/record-specifier.ts';
import type { Project } from '../../read/project/project.ts';
import { isGitIgnored } from '../../read/text/paths/git-ignore.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Whoever can push can move a branch, tag or short commit to other code; only a full commit is fixed. The commit may
 * live in a fork, which exotic-dependency covers by reporting every git dependency.
 */
interface Unpinned {
  readonly name: string;
  /** The branch, tag, short commit or range it follows. */
  readonly follows: string | null;
  readonly place: 'manifest' | 'lockfile';
}

export const gitDependencyUnpinned = defineRule({
  id: 'git-dependency-unpinned',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency from git that is not pinned to a full commit hash.',
    why: `Branches and tags move, and the next lockfile then installs other code. A full commit (40 hexadecimal
characters) names exactly one state. Nothing is reported where the committed lockfile holds the commit, as it moves
only when somebody locks the dependency again.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "github:someone/left#main"
                                 ^^^^ git-dependency-unpinned
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "github:someone/left#0123456789abcdef0123456789abcdef01234567"
  }
}
`,
  },
  perEntry: {},
  check: {
    *manifest(manifest, { project }): Generator<Found<Unpinned>> {
      for (const dependency of exoticAmong(effectiveDependencies(manifest, { peers: true }))) {
        const { declared, name } = dependency;
        const isTaken = declared !== undefined && isInstalled(manifest, dependency);
        const git = !isTaken ? undefined : asGit(dependency.specifier, project.manager.name);
        if (git === undefined) continue;
        const ref = gitRefOf(git);
        if (ref !== undefined && isFullCommit(ref.value)) continue;
        if (isHeld(git, lockedEntry(project, manifest.uri, dependency), project)) continue;
        yield {
          span: spanOf(dependency.valueSpan, ref, manifest.text),
          data: { name, follows: ref?.value ?? null, place: 'manifest' },
          package: name,
        };
      }
      yield* inCatalogs(manifest, project);
    },
    pnpmWorkspace: (file, { project }) => inCatalogs(file, project),
    yarnrc: (file, { project }) => inCatalogs(file, project),
    *lockfile(lockfile, { entries }): Generator<Found<Unpinned>> {
      for (const entry of entries) {
        if (entry.source !== 'git' || lockedCommit(entry) !== undefined || isShortOfBun(lockfile, entry))
          continue;
        yield {
          span: entry.resolved?.span ?? entry.keySpan,
          data: { name: entry.name, follows: null, place: 'lockfile' },
          package: entry.name,
        };
      }
    },
  },
  message({ data: { name, follows, place } }) {
    if (place === 'lockfile')
      return `The lockfile names no full commit for "${name}", which comes from git. Lock it again.`;
    if (follows === null) return `"${name}" follows the default branch of its repository. Pin a full commit.`;
    const what = follows.startsWith('semver:')
      ? 'the latest tag in the range'
      : 'the branch, tag or short commit';
    return `"${name}" follows ${what} ${JSON.stringify(follows.replace(/^semver:/, ''))}. Pin a full commit.`;
  },
  *fix({ data, span }, { file, uri, project }) {
    const declaration = declarationAt(span, file, project);
    if (declaration === undefined) return;
    const { declared, valueSpan, locked, dependency } = declaration;
    const git = asGit(declaration.specifier, project.manager.name);
    const commit = locked === undefined ? undefined : lockedCommit(locked);
    if (git === undefined || locked === undefined || commit === undefined) return;
    if (!isSameRepository(git, locked)) return;
    const text = pinned(declared, gitRefOf(git), commit);
    const recorded = dependency === undefined ? undefined : recordSpecifier(project, uri, dependency, text);
    const quote = /^["']/.exec(file.text.slice(valueSpan.start))?.[0];
    const newText = quote === '"' ? JSON.stringify(text) : `${quote ?? ''}${text}${quote ?? ''}`;
    yield {
      title: `Replace with ${JSON.stringify(data.name)}: ${JSON.stringify(text)}`,
      applicability: recorded?.isComplete === true ? 'safe' : 'unsafe',
      edits: [{ uri, span: valueSpan, newText }, ...(recorded?.edits ?? [])],
    };
  },
});

function* inCatalogs(
  file: Pick<PnpmWorkspace | Yarnrc | Manifest, 'uri' | 'text' | 'catalogs'>,
  project: Project,
): Generator<Found<Unpinned>> {
  for (const { name, value, specifier, locked } of catalogEntries(file.uri, file.catalogs, project)) {
    const git = asGit(specifier, project.manager.name);
    const ref = git === undefined ? undefined : gitRefOf(git);
    if (git === undefined || (ref !== undefined && isFullCommit(ref.value))) continue;
    if (isHeld(git, locked, project)) continue;
    yield {
      span: spanOf(value.span, ref, file.text),
      data: { name: name.value, follows: ref?.value ?? null, place: 'manifest' },
      package: name.value,
    };
  }
}

/** Checks whether a lockfile under version control pins it to a commit of the declared repository. */
function isHeld(git: GitSpecifier, locked: LockEntry | undefined, { lockfile, gitIgnore }: Project): boolean {
  if (locked === undefined || lockfile === undefined || lockedCommit(locked) === undefined) return false;
  if (!isSameRepository(git, locked)) return false;
  return gitIgnore === undefined || !isGitIgnored(gitIgnore.text, nameOf(lockfile.uri));
}

interface Declaration {
  readonly declared: string;
  readonly specifier: Specifier;
  readonly valueSpan: Span;
  readonly locked: LockEntry | undefined;
  /** Undefined for a catalog entry. */
  readonly dependency: ManifestDependency | undefined;
}

/** Returns the dependency or catalog entry with its value at a place. */
function declarationAt(at: Span, file: CheckedFile, project: Project): Declaration | undefined {
  const isThere = ({ start, end }: Span) => start <= at.start && at.end <= end;
  if (file.kind === 'manifest') {
    const dependency = effectiveDependencies(file, { peers: true }).find(({ valueSpan }) =>
      isThere(valueSpan),
    );
    if (dependency?.declared !== undefined) {
      const { declared, specifier, valueSpan } = dependency;
      const locked = lockedEntry(project, file.uri, dependency);
      return { declared, specifier, valueSpan, locked, dependency };
    }
  }
  if (file.kind !== 'manifest' && file.kind !== 'pnpmWorkspace' && file.kind !== 'yarnrc') return undefined;
  for (const { value, specifier, locked } of catalogEntries(file.uri, file.catalogs, project)) {
    if (!isThere(value.span)) continue;
    return { declared: value.value, specifier, valueSpan: value.span, locked, dependency: undefined };
  }
  return undefined;
}

/** Checks for commits of known code hosts, which Bun shortens whatever a manifest declares. */
function isShortOfBun({ format }: Lockfile, { resolved }: LockEntry): boolean {
  const { shortensCommits } = specOfLockfile(format).lockfile;
  return shortensCommits && /^(?:github|gitlab|bitbucket):.*#[0-9a-f]{7,}$/i.test(resolved?.value ?? '');
}

/** Returns the span of the ref if the file contains it literally, otherwise of the whole value. */
function spanOf(value: Span, ref: GitRef | undefined, text: string): Span {
  const token = text.slice(value.start, value.end);
  if (ref === undefined || token.includes('\\')) return value;
  const start = value.start + (/^["']/.test(token) ? 1 : 0);
  return { start: start + ref.start, end: start + ref.end };
}

function pinned(declared: string, ref: GitRef | undefined, commit: string): string {
  if (ref !== undefined) return declared.slice(0, ref.start) + commit + declared.slice(ref.end);
  const hash = declared.indexOf('#');
  if (hash === -1) return `${declared}#${commit}`;
  const others = declared.slice(hash + 1);
  return `${declared.slice(0, hash)}#${commit}${others === '' ? '' : `::${others}`}`;
}
