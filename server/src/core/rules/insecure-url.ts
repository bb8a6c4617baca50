import type { Npmrc } from '../config/npm-config.ts';
import type { FileEdit, Severity } from '../finding.ts';
import type { LockEntry } from '../lockfile/lockfile.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Project } from '../project/project.ts';
import { insecureAddress, schemeSpan, secureScheme } from '../text/insecure-address.ts';
import { packageWords } from '../text/package-words.ts';
import type { Located, Span } from '../text/span.ts';
import { hostAndPort, isLoopback, parseWebAddress, type WebAddress } from '../text/web-address.ts';
import { defineRule, type FixContext, type Found } from './rule.ts';

/**
 * Over http and git: nobody proves who answers, so whoever is on the path can put another package in place. The public
 * registry's own http addresses in a lockfile are not reported, as npm asks the configured registry in their place.
 * Known false positives: a host that is reached through an encrypted tunnel only.
 */
interface Insecure {
  readonly place: 'registry' | 'dependency' | 'locked';
  /** The setting's key, or the package's name. */
  readonly subject: string;
  readonly scheme: string;
  readonly host: string;
  readonly loopback: boolean;
  /** Whether the lockfile holds an integrity hash that a swapped package would not have. */
  readonly integrity: boolean;
}

export const insecureUrl = defineRule({
  id: 'insecure-url',
  category: 'registry',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A registry, dependency or locked package that is fetched without encryption.',
    why: `Over \`http:\`, \`git:\` and \`git+http:\` anyone on the network path can answer with another package, and npm
installs it. An integrity hash in the lockfile limits that to the first install, so such entries are only warnings, as
are addresses of the own machine.`,
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
  check: {
    *npmrc(npmrc) {
      for (const entry of registryEntries(npmrc)) {
        const address = insecureAddress(entry.value);
        if (address === undefined || (isLoopback(address) && npmrc.level !== 'project')) continue;
        const span = schemeSpan(npmrc.text, entry.valueSpan, address);
        if (span !== undefined) yield found(span, 'registry', entry.key, address, false);
      }
    },
    *manifest(manifest, { project }) {
      for (const [key, registry] of publishRegistries(manifest))
        yield* judge(manifest.text, registry, 'registry', key, false);
      const importer = project.members.get(manifest.uri)?.path;
      for (const { section, name, declared, valueSpan } of manifest.dependencies) {
        if (section === 'peerDependencies' || declared === undefined) continue;
        if (insecureAddress(declared) === undefined) continue;
        const integrity =
          importer !== undefined && project.lockfile?.resolve(importer, name)?.integrity !== undefined;
        const value = { value: declared, span: valueSpan };
        for (const one of judge(manifest.text, value, 'dependency', name, integrity))
          yield { ...one, package: name };
      }
    },
    *lockfile(lockfile, { project }) {
      for (const entry of lockfile.entries) {
        if (entry.resolved === undefined || insecureAddress(entry.resolved.value) === undefined) continue;
        if (isReplaced(entry, project)) continue;
        const integrity = entry.integrity !== undefined;
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
          : `${packageWords(subject, version)} comes from`;
      return `${what} ${host} over ${scheme}, which is another machine for everybody else.`;
    }
    if (place === 'registry') {
      return `The setting "${subject}" asks ${host} over ${scheme}, so anyone on the network path can replace its packages; use ${secureScheme(scheme)}.`;
    }
    const risk = integrity
      ? 'and only the integrity hash in the lockfile protects it'
      : 'so anyone on the network path can replace it';
    return `${packageWords(subject, version)} is fetched from ${host} over ${scheme}, ${risk}; use ${secureScheme(scheme)}.`;
  },
  *fix({ data, span }, context) {
    if (data.loopback) return;
    const secure = secureScheme(data.scheme);
    const edits = [{ uri: context.uri, span, newText: secure }, ...lockEdits(data, span, secure, context)];
    // The commit that a git dependency locks is the same over both; whether a host answers over TLS is not known.
    const applicability = isSafe(data, context.project) ? 'safe' : 'unsafe';
    yield { title: `Fetch from ${data.host} over ${secure} instead of ${data.scheme}`, applicability, edits };
  },
});

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
  address: WebAddress,
  hasIntegrity: boolean,
): Found<Insecure> {
  const loopback = isLoopback(address);
  const integrity = hasIntegrity && address.scheme === 'http';
  const severity: Severity = loopback || integrity ? 'warning' : 'error';
  const host = hostAndPort(address);
  return { span, severity, data: { place, subject, scheme: address.scheme, host, loopback, integrity } };
}

/** Of several lines of one key, npm reads the last. */
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

/** npm takes the configured registry's scheme and host for addresses of the public registry. */
function isReplaced(entry: LockEntry, { npmConfig }: Project): boolean {
  const own = parseWebAddress(npmConfig.publicRegistry);
  const address = parseWebAddress(entry.resolved?.value ?? '');
  return entry.source === 'registry' && own !== undefined && address?.host === own.host;
}

/** What the lockfile says of a manifest's dependency has to change with it, or the two no longer fit. */
function* lockEdits(data: Insecure, span: Span, newText: string, context: FixContext): Generator<FileEdit> {
  const { file, project } = context;
  const { lockfile } = project;
  if (file.kind !== 'manifest' || data.place !== 'dependency' || lockfile === undefined) return;
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

/** A lockfile that cannot be edited along, or an entry edited alone, would no longer fit its manifest. */
function isSafe({ place, scheme }: Insecure, { lockfile, lockfiles }: Project): boolean {
  return (
    place === 'dependency' && scheme === 'git+http' && (lockfile !== undefined || lockfiles.length === 0)
  );
}
