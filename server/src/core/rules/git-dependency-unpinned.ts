import type { LockEntry } from '../lockfile/lockfile.ts';
import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import type { ManifestDependency } from '../manifest/manifest.ts';
import type { Specifier } from '../manifest/specifier.ts';
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
        const ref = refOf(specifier);
        if (ref !== undefined && isCommit(ref.value)) continue;
        yield {
          span: spanOf(dependency, ref, manifest.text),
          data: { name, follows: ref?.value ?? null, place: 'manifest' },
          package: name,
        };
      }
    },
    *lockfile(lockfile): Generator<Found<Unpinned>> {
      for (const entry of lockfile.entries) {
        if (entry.source !== 'git' || commitOf(entry) !== undefined) continue;
        yield {
          span: entry.resolved?.span ?? entry.keySpan,
          data: { name: entry.name, follows: null, place: 'lockfile' },
          package: entry.name,
        };
      }
    },
  },
  message({ data: { name, follows, place } }) {
    if (place === 'lockfile') return `The lockfile names no full commit for "${name}", which comes from git.`;
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
    const commit = entry === undefined ? undefined : commitOf(entry);
    if (entry === undefined || commit === undefined || !isSameRepository(dependency.specifier, entry)) return;
    const value = JSON.stringify(pinned(dependency.declared, refOf(dependency.specifier), commit));
    yield {
      title: `Replace with ${JSON.stringify(data.name)}: ${value}`,
      applicability: 'safe',
      edits: [{ uri, span: dependency.valueSpan, newText: value }],
    };
  },
});

type GitSpecifier = Extract<Specifier, { type: 'git' }>;

/** The part of the committish that names a state of the code, and where it stands in the specifier. */
interface Ref {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** npm separates parts with `::`, pnpm and Yarn with `&`; a `path:` or `workspace=` names a folder, not a state. */
function refOf({ committish, committishStart }: GitSpecifier): Ref | undefined {
  if (committish === undefined || committishStart === undefined) return undefined;
  let start = committishStart;
  for (const part of committish.split(/(::|&)/)) {
    const isSeparator = part === '::' || part === '&';
    if (part !== '' && !isSeparator && !/^(?:path:|workspace=|cwd=)/.test(part)) {
      return { value: part, start, end: start + part.length };
    }
    start += part.length;
  }
  return undefined;
}

function isCommit(ref: string): boolean {
  return /^(?:commit=)?(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref);
}

function commitOf({ resolved }: LockEntry): string | undefined {
  return /[#=]([0-9a-f]{40}|[0-9a-f]{64})$/i.exec(resolved?.value ?? '')?.[1];
}

/** The ref, where its characters stand in the file as they are; else the whole value. */
function spanOf({ valueSpan }: ManifestDependency, ref: Ref | undefined, text: string): Span {
  if (ref === undefined || text.slice(valueSpan.start, valueSpan.end).includes('\\')) return valueSpan;
  return { start: valueSpan.start + 1 + ref.start, end: valueSpan.start + 1 + ref.end };
}

function pinned(declared: string, ref: Ref | undefined, commit: string): string {
  if (ref !== undefined) return declared.slice(0, ref.start) + commit + declared.slice(ref.end);
  const hash = declared.indexOf('#');
  if (hash === -1) return `${declared}#${commit}`;
  const others = declared.slice(hash + 1);
  return `${declared.slice(0, hash)}#${commit}${others === '' ? '' : `::${others}`}`;
}

/** Whether the lockfile's address ends with the same owner and project: hosts and schemes are written in many ways. */
function isSameRepository({ address }: GitSpecifier, { resolved }: LockEntry): boolean {
  return projectPath(address) === projectPath(resolved?.value.split('#')[0] ?? '');
}

function projectPath(address: string): string {
  const segments = address
    .replace(/\/tree\/?$/, '')
    .replace(/\.git\/?$/, '')
    .split(/[/:]/)
    .filter((segment) => segment !== '');
  return segments.slice(-2).join('/').toLowerCase();
}
