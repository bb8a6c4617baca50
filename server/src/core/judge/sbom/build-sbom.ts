import type { GraphImporter, GraphPackage } from '../../read/graph/dependency-graph.ts';
import { type EdgeKind, kindOfCode } from '../../read/graph/edge-table.ts';
import { hashesOf } from '../../read/lockfile/model/entry-hashes.ts';
import { recordOf } from '../../read/lockfile/record/lock-record.ts';
import type {
  Sbom,
  SbomComponent,
  SbomDependency,
  SbomHash,
  SbomInput,
  SbomScope,
} from '../../read/sbom/sbom.ts';
import { maskSecrets } from '../../read/text/secrets/mask-secrets.ts';
import { packageUrl } from './purl.ts';

/** The name of a project that has none. The folder's would make the document depend on its path. */
const UNNAMED = 'unnamed';

/** A component under construction: instances with the same package URL are one. */
interface Draft extends Omit<SbomComponent, 'dependencies' | 'scope' | 'isBundled' | 'hashes'> {
  scope: SbomScope;
  isBundled: boolean;
  hashes: readonly SbomHash[];
  readonly targets: Map<string, EdgeKind>;
}

/** Builds the bill of materials of a lockfile. The same lockfile and manifests give the same one. */
export function buildSbom(input: SbomInput): Sbom {
  const { graph, omitsDev, unread } = input;
  const { packages, importers, edges, lockfile } = graph;
  const drafts = new Map<string, Draft>();
  const byNode: (Draft | undefined)[] = [];
  const root = rootDraft(input);
  for (const [index, importer] of importers.entries()) {
    byNode[packages.length + index] =
      importer.path === '' ? root : added(drafts, memberDraft(importer, input), importer.path);
  }
  for (const [node, instance] of packages.entries())
    byNode[node] = omitsDev && instance.dev ? undefined : addedPackage(drafts, instance, input);
  for (const [index, { path }] of importers.entries()) {
    const member = byNode[packages.length + index];
    if (path !== '' && member !== undefined) root.targets.set(member.ref, 'prod');
  }
  for (let edge = 0; edge < edges.count; edge++) {
    const from = byNode[edges.from[edge]!];
    const to = byNode[edges.to[edge]!];
    if (from === undefined || to === undefined || from === to) continue;
    const kind = kindOfCode(edges.kinds[edge]!);
    // What is left is there for another reason.
    if (omitsDev && kind === 'dev') continue;
    const before = from.targets.get(to.ref);
    if (before === undefined || STRENGTH.indexOf(kind) < STRENGTH.indexOf(before))
      from.targets.set(to.ref, kind);
  }
  return {
    root: finished(root),
    components: [...drafts.values()].map(finished).sort(byRef),
    vulnerabilities: undefined,
    missingComponents: unread,
    missingDependencies: [
      ...graph.gaps,
      ...(lockfile.recordsEdges ? [] : ['The lockfile does not record what packages depend on.']),
    ].filter((sentence, at, all) => all.indexOf(sentence) === at),
  };
}

/** The kinds of several edges between the same components: the first one counts. */
const STRENGTH: readonly EdgeKind[] = ['prod', 'peer', 'optional', 'dev'];
const SCOPES: readonly SbomScope[] = ['required', 'optional', 'excluded'];

function byRef(a: { readonly ref: string }, b: { readonly ref: string }): number {
  return a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0;
}

function finished({ targets, ...draft }: Draft): SbomComponent {
  const dependencies: SbomDependency[] = [...targets].map(([ref, kind]) => ({ ref, kind }));
  return { ...draft, dependencies: dependencies.sort(byRef) };
}

function rootDraft({ graph, licenseOfMember }: SbomInput): Draft {
  const importer = graph.importers.find(({ path }) => path === '');
  const own = graph.lockfile.importers.get('');
  const name = importer?.name ?? UNNAMED;
  const purl = packageUrl(name, importer?.version);
  return {
    ...EMPTY,
    ...{ ref: `root:${purl}`, kind: 'root', name, version: importer?.version },
    purl: importer?.name === undefined ? undefined : purl,
    license: licenseOfMember('') ?? own?.license,
    targets: new Map(),
  };
}

const EMPTY = {
  scope: 'required',
  isBundled: false,
  hashes: [],
  license: undefined,
  distribution: undefined,
  repository: undefined,
  path: undefined,
} as const;

function memberDraft({ path, name, version }: GraphImporter, { licenseOfMember, graph }: SbomInput): Draft {
  const purl = name === undefined ? undefined : packageUrl(name, version);
  return {
    ...EMPTY,
    ...{ ref: purl ?? `member:${path}`, kind: 'member', name: name ?? path, version, purl, path },
    license: licenseOfMember(path) ?? graph.lockfile.importers.get(path)?.license,
    targets: new Map(),
  };
}

/** Adds a member, whose reference gets its path if another component has that name and version. */
function added(drafts: Map<string, Draft>, draft: Draft, path: string): Draft {
  const unique = drafts.has(draft.ref) ? { ...draft, ref: `${draft.ref}#${path}` } : draft;
  drafts.set(unique.ref, unique);
  return unique;
}

function addedPackage(drafts: Map<string, Draft>, instance: GraphPackage, input: SbomInput): Draft {
  const made = packageDraft(instance);
  // A package of the registry may have the name and version of a member.
  const ref = drafts.get(made.ref)?.kind === 'member' ? `${made.ref}#registry` : made.ref;
  const known = drafts.get(ref);
  if (known === undefined) {
    const draft = { ...made, ref, license: input.licenseOf(instance) ?? instance.entry.license };
    drafts.set(ref, draft);
    return draft;
  }
  if (SCOPES.indexOf(made.scope) < SCOPES.indexOf(known.scope)) known.scope = made.scope;
  if (!made.isBundled) known.isBundled = false;
  if (known.hashes.length === 0) known.hashes = made.hashes;
  return known;
}

/** Returns the reference of a package, unless a member has the same name and version. */
export function referenceOf(instance: GraphPackage): string {
  const { name, version, own } = instance;
  const { source } = recordOf(own);
  return packageUrl(name, version, placesOf(source).qualifiers, isRuntime(source));
}

function packageDraft(instance: GraphPackage): Omit<Draft, 'license'> & { readonly license: undefined } {
  const { name, version, entry, own } = instance;
  const { source } = recordOf(own);
  const { distribution, repository, qualifiers } = placesOf(source);
  const purl = packageUrl(name, version, qualifiers, isRuntime(source));
  return {
    ...EMPTY,
    ...{ ref: purl, kind: 'package', name, version, purl, distribution, repository },
    scope: instance.dev ? 'excluded' : instance.optional ? 'optional' : 'required',
    isBundled: entry.bundled,
    hashes: sbomHashes(own),
    targets: new Map(),
  };
}

type Source = ReturnType<typeof recordOf>['source'];

/** The runtimes that pnpm installs are not the packages of the same name in a registry. */
function isRuntime({ kind }: Source): boolean {
  return kind === 'binary' || kind === 'variations';
}

interface Places {
  readonly distribution: string | undefined;
  readonly repository: string | undefined;
  readonly qualifiers: Readonly<Record<string, string | undefined>>;
}

/** Returns where a package comes from, without credentials. Packages of a registry need no qualifier. */
function placesOf({ kind, url, repository, commit, path }: Source): Places {
  const address = url === undefined ? undefined : maskSecrets(url.href);
  switch (kind) {
    case 'git': {
      const at = repository === undefined ? address : gitLocation(maskSecrets(repository), commit);
      return { distribution: undefined, repository: at, qualifiers: { vcs_url: at } };
    }
    case 'tarball':
    case 'binary':
      return { distribution: address, repository: undefined, qualifiers: { download_url: address } };
    case 'file':
    case 'directory':
    case 'link': {
      const file = path === undefined ? undefined : `file:${maskSecrets(path)}`;
      return { distribution: undefined, repository: undefined, qualifiers: { download_url: file } };
    }
    default:
      return { distribution: address, repository: undefined, qualifiers: {} };
  }
}

/** Formats a repository and commit as SPDX writes them. A code host's has no scheme in our form. */
function gitLocation(repository: string, commit: string | undefined): string {
  const isUrl = /^[a-z][a-z\d+.-]*:/i.test(repository);
  const url = isUrl ? repository : `https://${repository}`;
  return `git+${url.replace(/^git\+/i, '')}${commit === undefined ? '' : `@${commit}`}`;
}

const LENGTHS: Readonly<Record<SbomHash['algorithm'], number>> = {
  sha512: 128,
  sha384: 96,
  sha256: 64,
  sha1: 40,
  md5: 32,
};

/** Returns the hashes of the archive. Yarn's checksums are of a zip that Yarn makes itself, and no hash of anything published. */
function sbomHashes(entry: Parameters<typeof hashesOf>[0]): readonly SbomHash[] {
  const all = hashesOf(entry);
  const hashes: SbomHash[] = [];
  for (const [algorithm, length] of Object.entries(LENGTHS) as [SbomHash['algorithm'], number][]) {
    const digest = [...(all.get(algorithm) ?? [])].find(
      (one) => one.length === length && /^[\da-f]+$/.test(one),
    );
    if (digest !== undefined) hashes.push({ algorithm, digest });
  }
  return hashes;
}
