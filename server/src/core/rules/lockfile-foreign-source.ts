import { findSourceFaults, type SourceReason } from '../lockfile/source-faults.ts';
import { splitPackageName } from '../manifest/package-name.ts';
import { addMirrorOf, allowHost } from '../policy/edit-policy.ts';
import { packageWords } from '../text/package-words.ts';
import { nameOf } from '../text/uri.ts';
import { redactUserinfo } from '../text/web-address.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * npm up to version 11 downloads from whatever address a lockfile entry names, with no question asked, so that one
 * edited line is enough to install something else. Known false positives: a registry that redirects its tarballs to
 * another host, which `allowedHosts` can name.
 */
interface ForeignSource {
  readonly reason: SourceReason | 'main-host';
  readonly name: string;
  readonly host: string;
  readonly expected: string;
  /** Without any password. */
  readonly address: string;
  readonly scope: string | null;
  /** For a main host: how many of how many packages it serves. */
  readonly count: number;
  readonly total: number;
}

export const lockfileForeignSource = defineRule({
  id: 'lockfile-foreign-source',
  category: 'lockfile',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A lockfile entry that is downloaded from another host than its configured registry.',
    why: `npm up to version 11 downloads each package from the address in its lockfile entry, whatever host that is, and the
hash beside it only says that the download is the one that the author of the line wanted. Reviewers rarely read lockfiles.

An address of the public registry always counts as the configured one, as npm replaces its host. A host that serves at
least four of five packages of a file is taken for a mirror that nobody named: one finding asks to name it.`,
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
  check: {
    *lockfile(lockfile, { project }): Generator<Found<ForeignSource>> {
      const { faults, mainHost } = findSourceFaults(lockfile, project);
      for (const [entry, { reason, host, expected }] of faults) {
        const resolved = entry.resolved!;
        const { name } = entry;
        const scope = splitPackageName(name).scope ?? null;
        const isPrivate = project.policy.privateScopes.some((item) => item.scope === scope);
        yield {
          span: resolved.span,
          data: {
            reason,
            name,
            host,
            expected,
            address: redactUserinfo(resolved.value),
            scope,
            count: 0,
            total: 0,
          },
          ...(reason === 'public' && !isPrivate ? { severity: 'warning' } : {}),
          package: name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
        };
      }
      if (mainHost === undefined) return;
      const { host, base, count, total, first } = mainHost;
      yield {
        span: first.resolved!.span,
        severity: 'information',
        data: { reason: 'main-host', name: '', host, expected: '', address: base, scope: null, count, total },
      };
    },
  },
  message({ data, version }) {
    const { name, host, expected, scope, count, total } = data;
    const what = packageWords(name, version);
    switch (data.reason) {
      case 'foreign':
        return `${what} is fetched from ${host}, but ${expected} is configured to serve it.`;
      case 'public':
        return `${what} is fetched from the public registry (${host}), but ${scope} is mapped to ${expected}.`;
      case 'http':
        return `${what} is fetched from ${host} over http, so anyone on the network path can replace it; its registry uses https.`;
      case 'credentials':
        return `The address of ${what} holds credentials, which everyone who reads this file can use; remove and revoke them.`;
      case 'main-host':
        return `${host} serves ${count} of ${total} packages here, but no registry setting or "mirrors" names it; name it if it is your mirror.`;
    }
  },
  *fix({ data, span, version }, { uri, project, file, text }) {
    const { reason, host, address, name } = data;
    if (reason === 'main-host') {
      const edits = addMirrorOf(project, text, address);
      if (edits === undefined) return;
      yield { title: `Add ${address} to mirrors in dependency-hygiene.json`, applicability: 'unsafe', edits };
      return;
    }
    if (reason === 'http' || reason === 'credentials') {
      const raw = file.text.slice(span.start, span.end);
      const newText =
        reason === 'http' ? raw.replace(/^"http:/i, '"https:') : raw.replace(/:\/\/[^/?#"]*@/, '://');
      const title =
        reason === 'http'
          ? `Use https for ${host}`
          : `Remove the credentials from the address of ${packageWords(name, version)}`;
      if (newText !== raw) yield { title, applicability: 'unsafe', edits: [{ uri, span, newText }] };
      return;
    }
    const { npmConfig } = project;
    const registry = npmConfig.registryFor(name);
    if (
      reason === 'foreign' &&
      version !== undefined &&
      registry.usable &&
      npmConfig.isPublic(registry.url)
    ) {
      // What the public registry's addresses are like is known; the hash still decides what may be installed.
      const file = `${splitPackageName(name).bare}-${version.replace(/\+.*$/, '')}.tgz`;
      const newText = JSON.stringify(`${registry.url}${name}/-/${file}`);
      const title = `Fetch ${name} ${version} from ${data.expected}`;
      yield { title, applicability: 'unsafe', edits: [{ uri, span, newText }] };
    }
    const lockfileName = nameOf(uri);
    yield {
      title: `Copy the command that restores ${lockfileName} as last committed`,
      applicability: 'display-only',
      edits: [],
      command: `git restore ${lockfileName}`,
    };
    const edits = reason === 'foreign' ? allowHost(project, text, host) : undefined;
    if (edits === undefined) return;
    yield { title: `Add ${host} to allowedHosts in dependency-hygiene.json`, applicability: 'unsafe', edits };
  },
});
