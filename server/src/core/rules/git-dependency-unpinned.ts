import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import { type GitRef, gitRefOf, isFullCommit } from '../manifest/git-ref.ts';
import type { ManifestDependency } from '../manifest/manifest.ts';
import { isSameRepository, lockedCommit } from '../project/locked-commit.ts';
import { lockedEntry } from '../project/locked-dependency.ts';
import type { Span } from '../text/span.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * A branch, a tag or a short commit can be moved to other code by whoever may push; only a full commit cannot. That
 * the commit may live in a fork is left to exotic-dependency, which reports every dependency from git.
 */
interface Unpinned {
  readonly name: string;
  /** The branch, tag, short commit or range that is followed. */
  readonly follows: string | null;
  readonly place: 'manifest' | 'lockfile';
}

export const gitDependencyUnpinned = defineRule({
  id: 'git-dependency-unpinned',
  category: 'registry',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency from git that is not bound to a full commit.',
    why: `Branches and tags move, and so does what they install, the next time the lockfile is made. A full commit (40
hexadecimal characters) names one state of the code and no other.`,
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
  check: {
    *manifest(manifest): Generator<Found<Unpinned>> {
      for (const dependency of effectiveDependencies(manifest)) {
        const { declared, specifier, name } = dependency;
        if (declared === undefined || specifier.type !== 'git') continue;
        const ref = gitRefOf(specifier);
        if (ref !== undefined && isFullCommit(ref.value)) continue;
        yield {
          span: spanOf(dependency, ref, manifest.text),
          data: { name, follows: ref?.value ?? null, place: 'manifest' },
          package: name,
        };
      }
    },
    *lockfile(lockfile): Generator<Found<Unpinned>> {
      for (const entry of lockfile.entries) {
        if (entry.source !== 'git' || lockedCommit(entry) !== undefined) continue;
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
      return `The lockfile names no full commit for "${name}", which comes from git; lock it again.`;
    if (follows === null) return `"${name}" follows the default branch of its repository; pin a full commit.`;
    const what = follows.startsWith('semver:')
      ? 'the newest tag in the range'
      : 'the branch, tag or short commit';
    return `"${name}" follows ${what} ${JSON.stringify(follows.replace(/^semver:/, ''))}; pin a full commit.`;
  },
  *fix({ data, span }, { file, uri, project }) {
    if (file.kind !== 'manifest') return;
    const dependency = effectiveDependencies(file).find(
      ({ name, valueSpan }) =>
        name === data.name && valueSpan.start <= span.start && span.end <= valueSpan.end,
    );
    if (dependency?.declared === undefined || dependency.specifier.type !== 'git') return;
    const entry = lockedEntry(project, uri, dependency);
    const commit = entry === undefined ? undefined : lockedCommit(entry);
    if (entry === undefined || commit === undefined || !isSameRepository(dependency.specifier, entry)) return;
    const value = JSON.stringify(pinned(dependency.declared, gitRefOf(dependency.specifier), commit));
    yield {
      title: `Replace with ${JSON.stringify(data.name)}: ${value}`,
      applicability: 'safe',
      edits: [{ uri, span: dependency.valueSpan, newText: value }],
    };
  },
});

/** The ref, where its characters stand in the file as they are; else the whole value. */
function spanOf({ valueSpan }: ManifestDependency, ref: GitRef | undefined, text: string): Span {
  if (ref === undefined || text.slice(valueSpan.start, valueSpan.end).includes('\\')) return valueSpan;
  return { start: valueSpan.start + 1 + ref.start, end: valueSpan.start + 1 + ref.end };
}

function pinned(declared: string, ref: GitRef | undefined, commit: string): string {
  if (ref !== undefined) return declared.slice(0, ref.start) + commit + declared.slice(ref.end);
  const hash = declared.indexOf('#');
  if (hash === -1) return `${declared}#${commit}`;
  const others = declared.slice(hash + 1);
  return `${declared.slice(0, hash)}#${commit}${others === '' ? '' : `::${others}`}`;
}
