import semver from 'semver';
import type { LockEdge, LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import { type GitSpecifier, gitRefOf, isFullCommit } from '../manifest/git-ref.ts';
import type { DependencySection, Manifest, ManifestDependency } from '../manifest/manifest.ts';
import { isBrokenVersion } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';
import { isSameRepository, lockedCommit } from '../project/locked-commit.ts';
import { nameOf } from '../text/uri.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * A lockfile that was made for another package.json: `npm ci` fails where the locked version does not fit, and the next
 * `npm install` changes what is installed. What stands only in the lockfile is let pass, as npm ci then installs
 * without it. Known false positives: none; overridden names and files that were not wholly read are left out.
 */
interface OutOfSync {
  readonly name: string;
  readonly section: DependencySection;
  readonly declared: string;
  /** What the lockfile has instead, null where it has nothing. */
  readonly locked: string | null;
  readonly lockfile: string;
  /** fails: the locked version does not fit; fits: it does; unknown: it cannot be told. */
  readonly install: 'fails' | 'fits' | 'unknown';
}

const UPDATE_COMMAND = 'npm install --package-lock-only --ignore-scripts';

export const lockfileOutOfSync = defineRule({
  id: 'lockfile-out-of-sync',
  category: 'lockfile',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency that stands differently in the lockfile, or not at all.',
    why: `The lockfile holds a copy of what package.json declared when it was made. Where the two differ and the locked version
is outside of the declared range, \`npm ci\` fails, and the next \`npm install\` installs something that nobody has reviewed.
Where the locked version still fits, nothing breaks: that is information, not a warning.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "zod": "^4.0.0"
           ^^^^^^^^ lockfile-out-of-sync: "zod" is "^4.0.0" here but "^3.23.0" in package-lock.json, and npm ci fails as 3.23.8 is locked; update the lockfile.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "zod": "^3.23.0" } },
    "node_modules/zod": {
      "version": "3.23.8",
      "resolved": "https://registry.public.example.test/zod/-/zod-3.23.8.tgz",
      "integrity": "sha512-XBx9AXhXktjUqnepgTiE5flcKIYWi/rme0Eaj+5Y0lftuGBq+jyRu/md4WnuxqgP1ubdpNCsYEYPxrzVHD8d6g=="
    }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "zod": "^3.23.0"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "zod": "^3.23.0" } },
    "node_modules/zod": {
      "version": "3.23.8",
      "resolved": "https://registry.public.example.test/zod/-/zod-3.23.8.tgz",
      "integrity": "sha512-XBx9AXhXktjUqnepgTiE5flcKIYWi/rme0Eaj+5Y0lftuGBq+jyRu/md4WnuxqgP1ubdpNCsYEYPxrzVHD8d6g=="
    }
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }): Generator<Found<OutOfSync>> {
      const { lockfile } = project;
      const path = project.members.get(manifest.uri)?.path;
      if (path === undefined || lockfile?.status !== 'checked') return;
      const importer = lockfile.importers.get(path);
      if (importer === undefined) return;
      const overridden = overriddenNames(project.rootManifest);
      const edges = edgesByName(importer);
      for (const dependency of effectiveDependencies(manifest)) {
        const { name, section, declared } = dependency;
        if (declared === undefined || overridden.has(name)) continue;
        const edge = edgeFor(edges.get(name) ?? [], dependency);
        if (edge !== undefined && isSameText(edge.specifier.value, declared)) continue;
        const entry = lockfile.resolve(path, name);
        if (isBroken(dependency.specifier)) continue;
        const install = installOf(dependency, entry);
        // npm resolves a local package that is new in one workspace to the member itself, lockfile or not.
        if (edge === undefined && install !== 'fails' && project.memberNames.has(name)) continue;
        yield {
          span: dependency.valueSpan,
          data: {
            name,
            section,
            declared,
            locked: edge?.specifier.value ?? null,
            lockfile: nameOf(lockfile.uri),
            install,
          },
          // What is installed is what both files allow: only the record is behind.
          ...(install === 'fits' ? { severity: 'information' as const } : {}),
          package: name,
          ...(entry?.version === undefined ? {} : { version: entry.version.value }),
          related: relatedTo(lockfile, edge, entry),
        };
      }
    },
  },
  message({ data: { name, declared, locked, lockfile, install }, version }) {
    const difference =
      locked === null
        ? `"${name}" is not declared in ${lockfile}`
        : `"${name}" is ${JSON.stringify(declared)} here but ${JSON.stringify(locked)} in ${lockfile}`;
    switch (install) {
      case 'fails': {
        const why = version === undefined ? 'no version is locked' : `${version} is locked`;
        return `${difference}, and npm ci fails as ${why}; update the lockfile.`;
      }
      case 'fits':
        return `${difference}; npm ci still installs ${version ?? 'what is locked'}, which fits: update the lockfile to record it.`;
      case 'unknown':
        return `${difference}; update the lockfile.`;
    }
  },
  *fix({ data, span }, { uri }) {
    if (data.locked !== null) {
      const newText = JSON.stringify(data.locked);
      const title = `Replace with ${JSON.stringify(data.name)}: ${newText}, as ${data.lockfile} has it`;
      yield { title, applicability: 'unsafe', edits: [{ uri, span, newText }] };
    }
    yield {
      title: `Copy the command that updates ${data.lockfile}`,
      applicability: 'display-only',
      edits: [],
      command: UPDATE_COMMAND,
    };
  },
});

type EdgesByName = ReadonlyMap<string, readonly LockEdge[]>;

/** Kept with the lockfile's entry, as edits of the manifest ask for the same again. */
const indexed = new WeakMap<LockEntry, EdgesByName>();

function edgesByName(importer: LockEntry): EdgesByName {
  const known = indexed.get(importer);
  if (known !== undefined) return known;
  const byName = new Map<string, LockEdge[]>();
  for (const edge of importer.edges) {
    const same = byName.get(edge.name);
    if (same === undefined) byName.set(edge.name, [edge]);
    else same.push(edge);
  }
  indexed.set(importer, byName);
  return byName;
}

/**
 * The lockfile's edge to compare with: that of the same section, else an equal one of another, else any. npm writes a
 * name that stands in several sections into one of them only, and reads the sections anew when it installs.
 */
function edgeFor(
  edges: readonly LockEdge[],
  { section, declared }: ManifestDependency,
): LockEdge | undefined {
  if (edges.length < 2) return edges[0];
  return (
    edges.find((edge) => edge.section === section) ??
    edges.find((edge) => edge.specifier.value === declared) ??
    edges[0]
  );
}

function isSameText(a: string, b: string): boolean {
  return a === b || a.trim() === b.trim();
}

/** Whether npm ci accepts what is locked: it compares versions, not what the two files declare. */
function installOf(dependency: ManifestDependency, entry: LockEntry | undefined): OutOfSync['install'] {
  const isOptional = dependency.section === 'optionalDependencies';
  if (dependency.specifier.type === 'git' && entry?.source === 'git') {
    return isLockedCommit(dependency.specifier, entry) ? 'fits' : 'unknown';
  }
  const range = rangeOf(dependency.specifier, dependency.name);
  if (range === undefined) return 'unknown';
  if (entry === undefined) return isOptional ? 'unknown' : 'fails';
  const version = semver.valid(entry.version?.value, { loose: true });
  if (version === null || (entry.source !== 'registry' && entry.source !== 'workspace')) return 'unknown';
  if (entry.name !== range.name) return entry.source === 'workspace' ? 'unknown' : 'fails';
  return semver.satisfies(version, range.range, { loose: true }) ? 'fits' : 'fails';
}

/** Whether a full commit is declared, and that one is locked. */
function isLockedCommit(specifier: GitSpecifier, entry: LockEntry): boolean {
  const ref = gitRefOf(specifier)?.value;
  const locked = lockedCommit(entry);
  if (ref === undefined || locked === undefined || !isFullCommit(ref)) return false;
  return (
    ref.replace(/^commit=/, '').toLowerCase() === locked.toLowerCase() && isSameRepository(specifier, entry)
  );
}

/** What cannot be read is a finding of its own, and comparing it says nothing more. */
function isBroken(specifier: Specifier): boolean {
  const read = specifier.type === 'alias' ? specifier.inner : specifier;
  return read.type === 'invalid' || (read.type === 'tag' && isBrokenVersion(read.tag));
}

function rangeOf(
  specifier: Specifier,
  name: string,
): { readonly name: string; readonly range: string } | undefined {
  switch (specifier.type) {
    case 'version':
    case 'range':
      return { name, range: specifier.range };
    case 'alias':
      return rangeOf(specifier.inner, specifier.target);
    default:
      return undefined;
  }
}

/** Names that the root manifest overrides, whatever it says of them. */
function overriddenNames(root: Manifest | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path } of root?.overrides ?? []) {
    for (const { value } of path) {
      const at = value.indexOf('@', 1);
      names.add(at === -1 ? value : value.slice(0, at));
    }
  }
  return names;
}

function relatedTo({ uri }: Lockfile, edge: LockEdge | undefined, entry: LockEntry | undefined) {
  const related = [];
  if (edge !== undefined)
    related.push({ uri, span: edge.specifier.span, message: 'The lockfile has this instead.' });
  if (entry?.version !== undefined) {
    related.push({ uri, span: entry.version.span, message: `${entry.version.value} is locked.` });
  }
  return related;
}
