import type { Npmrc } from '../../read/config/npm/npmrc.ts';
import type { PnpmWorkspace } from '../../read/config/pnpm/pnpm-workspace.ts';
import type { ConfigNode } from '../../read/config/tree/config-tree.ts';
import type { Yarnrc } from '../../read/config/yarn/yarnrc.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { writerOf } from '../../read/lockfile/writer-of.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { specOfYarnrc } from '../../read/manager/managers.ts';
import { isInstalled } from '../../read/manifest/effective-dependencies.ts';
import { exoticAmong } from '../../read/manifest/exotic-among.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { catalogEntries } from '../../read/project/catalogs/catalog-entries.ts';
import type { Project } from '../../read/project/project.ts';
import type { FileEdit, Severity } from '../../read/text/finding.ts';
import { insecureAddress, schemeSpan, secureScheme } from '../../read/text/paths/insecure-address.ts';
import { hostAndPort, isLoopback, parseWebUrl, type WebUrl } from '../../read/text/paths/web-url.ts';
import type { Located, Span } from '../../read/text/span.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type FixContext, type Found } from '../check/rule.ts';

/**
 * http and git do not authenticate the server, so anybody on the path can replace the package. http URLs of the public
 * registry in a lockfile are not reported, as npm uses the configured registry instead. Known false positives: a host
 * reachable only through an encrypted tunnel.
 */
interface Insecure {
  readonly place: 'registry' | 'dependency' | 'locked';
  /** The key of the setting, or the name of the package. */
  readonly subject: string;
  readonly scheme: string;
  readonly host: string;
  readonly loopback: boolean;
  /** Whether the lockfile has an integrity hash that a replaced package would not match. */
  readonly integrity: boolean;
}

export const insecureUrl = defineRule({
  id: 'insecure-url',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A registry, dependency or locked package that is fetched without encryption.',
    why: `Over \`http:\`, \`git:\` and \`git+http:\` anyone on the network path can answer with another package, and npm
installs it. An integrity hash in the lockfile limits that to the first install, so such entries are only warnings.
URLs of this machine are warnings too.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "git+http://git.example.test/left.git#0123456789abcdef0123456789abcdef01234567"
             ^^^^^^^^ insecure-url
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "git+https://git.example.test/left.git#0123456789abcdef0123456789abcdef01234567"
  }
}
`,
  },
  perEntry: {},
  check: {
    *npmrc(npmrc) {
      for (const entry of registryEntries(npmrc)) {
        const value = { value: entry.value, span: entry.valueSpan };
        yield* judgeRegistry(npmrc.text, value, entry.key, npmrc.level === 'project');
      }
    },
    *manifest(manifest, { project }) {
      for (const [key, registry] of publishRegistries(manifest))
        yield* judge(manifest.text, registry, 'registry', key, false);
      const importer = project.members.get(manifest.uri)?.path;
      for (const dependency of exoticAmong(manifest.dependencies)) {
        const { name, declared, valueSpan } = dependency;
        if (declared === undefined || !isInstalled(manifest, dependency)) continue;
        if (insecureAddress(declared) === undefined) continue;
        const integrity =
          importer !== undefined && isVerified(project.lockfile?.resolve(importer, name, declared));
        const value = { value: declared, span: valueSpan };
        for (const one of judge(manifest.text, value, 'dependency', name, integrity))
          yield { ...one, package: name };
      }
      yield* inCatalogs(manifest, project);
    },
    *pnpmWorkspace(file, { project }) {
      for (const { key, value } of file.registries)
        yield* judgeRegistry(file.text, located(value), `registries: ${key.value}`, true);
      yield* inCatalogs(file, project);
    },
    *yarnrc(file, { project }) {
      const isOwn = file.level === 'project';
      const setting = specOfYarnrc(file).settings.registry;
      for (const { key, server } of [file.registry, ...file.scopes]) {
        const whose = key === undefined ? setting : `${setting} of ${key.value}`;
        yield* judgeRegistry(file.text, server, whose, isOwn);
      }
      const audit = located(file.setting('npmAuditRegistry')?.value);
      yield* judgeRegistry(file.text, audit, 'npmAuditRegistry', isOwn);
      yield* inCatalogs(file, project);
    },
    *bunfig(file) {
      for (const registry of [file.registry, ...file.scopes]) {
        const scope = registry?.scope;
        const setting = scope === undefined ? 'registry' : `registry of ${scope.value}`;
        yield* judgeRegistry(file.text, registry?.url, setting, file.level === 'project');
      }
    },
    *lockfile(lockfile, { project, entries }) {
      for (const entry of entries) {
        if (entry.resolved === undefined || insecureAddress(entry.resolved.value) === undefined) continue;
        if (isReplaced(entry, lockfile, project)) continue;
        const integrity = isVerified(entry);
        const version = entry.version === undefined ? {} : { version: entry.version.value };
        for (const one of judge(lockfile.text, entry.resolved, 'locked', entry.name, integrity)) {
          yield { ...one, package: entry.name, ...version };
        }
      }
    },
  },
  message({ data, version }) {
    const { place, subject, scheme, host, loopback, integrity } = data;
    if (loopback) {
      const what =
        place === 'registry'
          ? `The setting "${subject}" names`
          : `${formatPackage(subject, version)} comes from`;
      return `${what} ${host} over ${scheme}, which is a different machine for everybody else. Name a host that everybody can reach.`;
    }
    if (place === 'registry') {
      return `The setting "${subject}" asks ${host} over ${scheme}, so anyone on the network path can replace its packages. Use ${secureScheme(scheme)}.`;
    }
    const risk = integrity
      ? 'and only the integrity hash in the lockfile protects it'
      : 'so anyone on the network path can replace it';
    return `${formatPackage(subject, version)} is fetched from ${host} over ${scheme}, ${risk}. Use ${secureScheme(scheme)}.`;
  },
  *fix({ data, span }, context) {
    if (data.loopback) return;
    const secure = secureScheme(data.scheme);
    const edits = [{ uri: context.uri, span, newText: secure }, ...lockEdits(data, span, secure, context)];
    // The commit locked for a git dependency is the same over both; whether a host supports TLS is unknown.
    const applicability = isSafe(data, context.project) ? 'safe' : 'unsafe';
    yield { title: `Fetch from ${data.host} over ${secure} instead of ${data.scheme}`, applicability, edits };
  },
});

/** Skips loopback addresses in a user's file, which concern nobody else. */
function* judgeRegistry(
  text: string,
  value: Located<string> | undefined,
  setting: string,
  isOfProject: boolean,
): Generator<Found<Insecure>> {
  const address = value === undefined ? undefined : insecureAddress(value.value);
  if (value === undefined || address === undefined || (isLoopback(address) && !isOfProject)) return;
  yield* judge(text, value, 'registry', setting, false);
}

function located(node: ConfigNode | undefined): Located<string> | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string'
    ? { value: node.value, span: node.span }
    : undefined;
}

function* inCatalogs(
  { uri, text, catalogs }: Pick<PnpmWorkspace | Yarnrc | Manifest, 'uri' | 'text' | 'catalogs'>,
  project: Project,
): Generator<Found<Insecure>> {
  for (const { name, value, locked } of catalogEntries(uri, catalogs, project)) {
    for (const one of judge(text, value, 'dependency', name.value, isVerified(locked)))
      yield { ...one, package: name.value };
  }
}

function* judge(
  text: string,
  value: Located<string>,
  place: Insecure['place'],
  subject: string,
  integrity: boolean,
) {
  const address = insecureAddress(value.value);
  const span = address === undefined ? undefined : schemeSpan(text, value.span, address);
  if (span !== undefined) yield found(span, place, subject, address!, integrity);
}

function found(
  span: Span,
  place: Insecure['place'],
  subject: string,
  address: WebUrl,
  hasIntegrity: boolean,
): Found<Insecure> {
  const loopback = isLoopback(address);
  const integrity = hasIntegrity && address.scheme === 'http';
  const severity: Severity = loopback || integrity ? 'warning' : 'error';
  const host = hostAndPort(address);
  return { span, severity, data: { place, subject, scheme: address.scheme, host, loopback, integrity } };
}

/** Returns the last of several lines with the same key, as npm does. */
function registryEntries(npmrc: Npmrc) {
  const last = new Map(npmrc.entries.map((entry) => [entry.key, entry]));
  return [...last.values()].filter(
    ({ key }) => key === 'registry' || (key.startsWith('@') && key.endsWith(':registry')),
  );
}

function* publishRegistries({ publishConfig }: Manifest): Generator<[string, Located<string>]> {
  if (publishConfig?.registry !== undefined) yield ['registry', publishConfig.registry];
  for (const [scope, registry] of publishConfig?.scopes ?? []) yield [`${scope}:registry`, registry];
}

function isVerified(entry: LockEntry | undefined): boolean {
  return entry?.integrity !== undefined || entry?.checksum !== undefined;
}

/** Checks for a public registry URL, for which npm uses the configured registry's scheme and host, and Yarn 1 https. */
function isReplaced(entry: LockEntry, lockfile: Lockfile, { npmConfig }: Project): boolean {
  if (!writerOf(lockfile).lockfile.replacesPublicHost) return false;
  const own = parseWebUrl(npmConfig.publicRegistry);
  const address = parseWebUrl(entry.resolved?.value ?? '');
  return entry.source === 'registry' && own !== undefined && address?.host === own.host;
}

/**
 * Yields edits of the lockfile that keep a dependency in sync with its manifest. Package managers other than npm also
 * use the URL in keys, so they must update theirs themselves.
 */
function* lockEdits(data: Insecure, span: Span, newText: string, context: FixContext): Generator<FileEdit> {
  const { file, project } = context;
  const { lockfile } = project;
  if (file.kind !== 'manifest' || data.place !== 'dependency' || lockfile === undefined) return;
  if (!specOfLockfile(lockfile.format).lockfile.canEditUrls) return;
  const path = project.members.get(file.uri)?.path;
  const dependency = file.dependencies.find(
    ({ valueSpan }) => valueSpan.start < span.start && span.end < valueSpan.end,
  );
  const edge = lockfile.importers
    .get(path ?? '')
    ?.edges.find(({ name, specifier }) => name === data.subject && specifier.value === dependency?.declared);
  if (path === undefined || edge === undefined) return;
  for (const token of [edge.specifier, lockfile.resolve(path, data.subject)?.resolved]) {
    const address = token === undefined ? undefined : insecureAddress(token.value);
    if (token === undefined || address?.scheme !== data.scheme) continue;
    const scheme = schemeSpan(lockfile.text, token.span, address);
    if (scheme !== undefined) yield { uri: lockfile.uri, span: scheme, newText };
  }
}

/**
 * Checks whether the edits keep lockfile and manifest in sync: not if the lockfile cannot be edited, or for an entry
 * alone.
 */
function isSafe({ place, scheme }: Insecure, { lockfile, lockfiles }: Project): boolean {
  const isEdited =
    lockfile === undefined ? lockfiles.length === 0 : specOfLockfile(lockfile.format).lockfile.canEditUrls;
  return place === 'dependency' && scheme === 'git+http' && isEdited;
}
