import { buildGraph } from '../../read/graph/build-graph.ts';
import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import { hashesOf } from '../../read/lockfile/model/entry-hashes.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { readManifest } from '../../read/manifest/read-manifest.ts';
import { graphOptionsOf } from '../../read/project/graph-options-of.ts';
import type { Project } from '../../read/project/project.ts';
import { manifestLicense } from '../../read/sbom/manifest-license.ts';
import type { ListedPackage, SbomContent, SbomFile } from '../../read/sbom/sbom-file.ts';
import { relativeUri } from '../../read/text/paths/uri.ts';
import { START } from '../../read/text/span.ts';
import { plural } from '../../read/text/words/words.ts';
import { defineRule, type FixContext, type Found } from '../check/rule.ts';

/**
 * Compares a bill of materials with the lockfile. Known false positives: none known. Not reported, because other tools
 * list installed packages and not the lockfile: a listed package that the lockfile has in no version, which may be
 * bundled in another one, and a locked one that is not listed, which may be for another platform. Only documents of
 * this program are compared as a whole.
 */
interface Stale {
  readonly kind: 'outdated' | 'removed' | 'missing' | 'hash';
  readonly name: string;
  readonly version: string;
  /** The locked version in its place. */
  readonly locked: string | null;
  /** How many other packages differ. */
  readonly others: number;
  /** Relative to the project's root. */
  readonly path: string;
  readonly format: SbomContent['format'];
}

export const sbomStale = defineRule({
  id: 'sbom-stale',
  category: 'lockfile',
  preset: 'all',
  severity: 'information',
  facts: [],
  options: {},
  docs: {
    summary: 'A bill of materials in the repository that does not match the lockfile.',
    why: `Scanners, customers and auditors read a bill of materials in place of the lockfile. One that lists
another version hides a vulnerable package, or reports one that is gone.

Bills of materials are \`bom.json\`, \`sbom.json\`, \`*.cdx.json\`, \`*.spdx.json\` and \`*.sbom.json\` in the root of the
project, as CycloneDX or SPDX. One that is about another name than the root's package.json is skipped. The fix writes
a file of \`dephygiene sbom\` again. For files of other tools it names the command.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "^4.17.20" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "lodash": "^4.17.20" } },
    "node_modules/lodash": { "version": "4.17.21" }
  }
}
-- bom.json --
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "components": [
    { "type": "library", "name": "lodash", "version": "4.17.20", "purl": "pkg:npm/lodash@4.17.20" }
                                                      ^^^^^^^^^ sbom-stale
  ]
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "^4.17.20" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "lodash": "^4.17.20" } },
    "node_modules/lodash": { "version": "4.17.21" }
  }
}
-- bom.json --
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "components": [
    { "type": "library", "name": "lodash", "version": "4.17.21", "purl": "pkg:npm/lodash@4.17.21" }
  ]
}
`,
  },
  check: {
    *sbom(file, { project }): Generator<Found<Stale>> {
      const { lockfile, rootManifest, root } = project;
      if (lockfile === undefined || lockfile.status !== 'checked') return;
      const { content } = file;
      if (content === undefined || !isAboutThis(content, rootManifest?.name?.value)) return;
      const differences = differencesOf(content, lockfile, project);
      const first = differences[0];
      if (first === undefined) return;
      const { listed, ...data } = first;
      yield {
        span: listed?.span ?? START,
        package: data.name,
        version: data.version,
        data: {
          ...{ ...data, others: differences.length - 1, path: relativeUri(root, file.uri) },
          format: content.format,
        },
      };
    },
  },
  message({ data: { kind, name, version, locked, others, path, format } }) {
    const more =
      others === 0 ? '' : ` ${plural(others, 'other package')} ${others === 1 ? 'differs' : 'differ'} too.`;
    const what = {
      outdated: `${name} ${version} in ${path} is outdated, as the lockfile has ${locked}.`,
      removed: `${name} ${version} in ${path} is not in the lockfile.`,
      missing: `${name} ${version} of the lockfile is missing from ${path}.`,
      hash: `${name} ${version} in ${path} has another hash than in the lockfile.`,
    }[kind];
    return `${what}${more} Run "${commandFor(path, format)}".`;
  },
  *fix({ data: { path, format } }, context) {
    const { file } = context;
    if (file.kind !== 'sbom') return;
    const text = file.content?.isOwn === true ? rewritten(file, file.content, context) : undefined;
    if (text === undefined) {
      const command = commandFor(path, format);
      yield { title: `Run "${command}"`, applicability: 'display-only', edits: [], command };
      return;
    }
    yield {
      title: `Write ${path} again from the lockfile`,
      applicability: 'safe',
      edits: [{ uri: file.uri, span: { start: 0, end: file.text.length }, newText: text }],
    };
  },
});

/** The command is there to be copied, so a name that a shell could read as something else is left to the user. */
function commandFor(path: string, format: SbomContent['format']): string {
  const file = /^\w[\w.-]*$/.test(path) ? path : '<file>';
  return `dephygiene sbom${format === 'spdx' ? ' --format spdx' : ''} --output ${file}`;
}

function isAboutThis({ subject }: SbomContent, name: string | undefined): boolean {
  return subject === undefined || name === undefined || subject === name;
}

type Difference = Pick<Stale, 'kind' | 'name' | 'version' | 'locked'> & {
  readonly listed: ListedPackage | undefined;
};

function differencesOf(content: SbomContent, lockfile: Lockfile, project: Project): readonly Difference[] {
  const locked = lockedVersions(lockfile);
  const listed = new Map<string, Set<string>>();
  for (const { name, version } of content.packages) {
    const versions = listed.get(name);
    if (versions === undefined) listed.set(name, new Set([version]));
    else versions.add(version);
  }
  const found: Difference[] = [];
  const folders = folderNames(lockfile, project);
  for (const one of content.packages) {
    const { name, version } = one;
    const entries = locked.get(name);
    const same = entries?.get(version);
    if (same !== undefined) {
      if (hasOtherHash(one, same)) found.push({ kind: 'hash', name, version, locked: null, listed: one });
      continue;
    }
    if (folders.has(name) || project.memberNames.has(name)) continue;
    const instead = [...(entries?.keys() ?? [])].find((each) => listed.get(name)?.has(each) !== true);
    if (instead !== undefined) found.push({ kind: 'outdated', name, version, locked: instead, listed: one });
    else if (content.isOwn) found.push({ kind: 'removed', name, version, locked: null, listed: one });
  }
  if (!content.isOwn || !content.hasDev) return found;
  for (const [name, versions] of locked) {
    const known = listed.get(name);
    const isReported = found.some((each) => each.name === name);
    for (const [version, { source }] of isReported ? [] : versions)
      if (source === 'registry' && known?.has(version) !== true)
        found.push({ kind: 'missing', name, version, locked: null, listed: undefined });
  }
  return found;
}

/** Returns the names of the root, members and linked folders, which are not in the lockfile's list of packages. */
function folderNames(
  { importers, links }: Lockfile,
  { rootManifest }: Project,
): ReadonlySet<string | undefined> {
  const entries = [...importers.values(), ...links];
  return new Set([rootManifest?.name?.value, ...entries.map(({ name }) => name)]);
}

/** Returns the entries by name and version. */
function lockedVersions({ entries }: Lockfile): ReadonlyMap<string, ReadonlyMap<string, LockEntry>> {
  const locked = new Map<string, Map<string, LockEntry>>();
  for (const entry of entries) {
    const version = entry.version?.value;
    if (version === undefined) continue;
    const versions = locked.get(entry.name);
    if (versions === undefined) locked.set(entry.name, new Map([[version, entry]]));
    else if (!versions.has(version)) versions.set(version, entry);
  }
  return locked;
}

function hasOtherHash({ sha512 }: ListedPackage, entry: LockEntry): boolean {
  const digests = hashesOf(entry).get('sha512');
  return sha512 !== undefined && digests !== undefined && !digests.has(sha512);
}

/** Returns the text of a document of ours from the lockfile of today, with what it keeps from before. */
function rewritten({ tools, text }: SbomFile, content: SbomContent, context: FixContext): string | undefined {
  const { project, now } = context;
  const { lockfile } = project;
  if (lockfile === undefined) return undefined;
  const before = new Map(
    content.packages.map(({ name, version, license }) => [`${name} ${version}`, license]),
  );
  const { sbom } = tools.makeSbom({
    graph: graphOf(lockfile, context),
    ...{ omitsDev: !content.hasDev, unread: [] },
    licenseOf: ({ name, version, entry }) => entry.license ?? before.get(`${name} ${version}`),
    licenseOfMember(path) {
      const manifest = context.text(`${project.root}/${path === '' ? '' : `${path}/`}package.json`);
      return manifest === undefined ? undefined : manifestLicense(manifest);
    },
  });
  const { type, hasTime, serialNumber, revision, format } = content;
  const time = hasTime ? now : undefined;
  // The same document in a later state keeps its id (CycloneDX, "version").
  const next = serialNumber === undefined ? revision : revision + 1;
  const made = tools.writeSbom(sbom, format, { type, time, serialNumber, revision: next });
  return made === text ? undefined : made;
}

function graphOf(lockfile: Lockfile, { project, text }: FixContext): DependencyGraph {
  const files = {
    get(uri: string) {
      const manifest = text(uri);
      return manifest === undefined ? undefined : readManifest(uri, manifest);
    },
  };
  return buildGraph(lockfile, graphOptionsOf({ project, files }, lockfile.uri));
}
