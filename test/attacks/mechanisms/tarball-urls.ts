import type { Base } from '../base-project.ts';
import { REGISTRIES } from '../base-project.ts';
import type { Mechanism } from '../mechanism.ts';

const REGISTRY = REGISTRIES.registry;
const TENANT = REGISTRIES.tenant;

/** A new URL for the entry of `alpha`, with the hash of the planted archive. */
interface Shape {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly scenario?: Base['scenario'];
}

const SHAPES: readonly Shape[] = [
  {
    id: 'url-other-package',
    title: 'URL and hash of another package',
    url: `${REGISTRY}evil/-/evil-1.0.0.tgz`,
  },
  {
    id: 'url-other-version',
    title: 'URL and hash of another version',
    url: `${REGISTRY}alpha/-/alpha-6.6.6.tgz`,
  },
  {
    id: 'url-other-scope',
    title: 'URL of the same name in a scope',
    url: `${REGISTRY}@evil/alpha/-/alpha-1.0.0.tgz`,
  },
  { id: 'url-dot', title: 'Dot segment behind a scope', url: `${REGISTRY}@evil/./alpha/-/alpha-1.0.0.tgz` },
  {
    id: 'url-dot-dot',
    title: 'Double-dot segment behind a scope',
    url: `${REGISTRY}@evil/x/../alpha/-/alpha-1.0.0.tgz`,
  },
  {
    id: 'url-encoded-dot',
    title: 'Percent-encoded dot segment',
    url: `${REGISTRY}@evil/%2e/alpha/-/alpha-1.0.0.tgz`,
  },
  {
    id: 'url-encoded-dot-dot',
    title: 'Percent-encoded double-dot segment',
    url: `${REGISTRY}@evil/x/%2E%2e/alpha/-/alpha-1.0.0.tgz`,
  },
  {
    id: 'url-encoded-slash',
    title: 'Percent-encoded slash',
    url: `${REGISTRY}@evil%2falpha/-/alpha-1.0.0.tgz`,
  },
  {
    id: 'url-encoded-letter',
    title: 'Percent-encoded letter of the name',
    url: `${REGISTRY}ev%69l/-/evil-1.0.0.tgz`,
  },
  { id: 'url-trailing-blank', title: 'Trailing blank', url: `${REGISTRY}evil/-/evil-1.0.0.tgz ` },
  {
    id: 'url-trailing-blank-version',
    title: 'Trailing blank behind another version',
    url: `${REGISTRY}alpha/-/alpha-6.6.6.tgz `,
  },
  { id: 'url-leading-blank', title: 'Leading blank', url: ` ${REGISTRY}evil/-/evil-1.0.0.tgz` },
  { id: 'url-tab', title: 'Tab inside', url: `${REGISTRY}ev\til/-/evil-1.0.0.tgz` },
  {
    id: 'url-backslash',
    title: 'Backslashes',
    url: 'https:\\\\registry.example.test\\evil\\-\\evil-1.0.0.tgz',
  },
  {
    id: 'url-backslash-path',
    title: 'Backslash in the path',
    url: `${REGISTRY}@evil\\alpha/-/alpha-1.0.0.tgz`,
  },
  {
    id: 'url-dash-dots',
    title: 'Way back behind the name: /-/../-/',
    url: `${REGISTRY}alpha/-/../../@evil/alpha/-/../-/alpha-1.0.0.tgz`,
  },
  { id: 'url-tar-gz', title: 'Other extension: .tar.gz', url: `${REGISTRY}evil/-/evil-1.0.0.tar.gz` },
  { id: 'url-no-dash', title: 'No /-/', url: `${REGISTRY}@evil/alpha/alpha-1.0.0.tgz` },
  {
    id: 'url-query',
    title: 'Query that looks like the right path',
    url: `${REGISTRY}evil/-/evil-1.0.0.tgz?/alpha/-/alpha-1.0.0.tgz`,
  },
  {
    id: 'url-fragment',
    title: 'Fragment that looks like the right path',
    url: `${REGISTRY}evil/-/evil-1.0.0.tgz#/alpha/-/alpha-1.0.0.tgz`,
  },
  {
    id: 'url-two-slashes',
    title: 'Two slashes behind a scope',
    url: `${REGISTRY}@evil//alpha/-/alpha-1.0.0.tgz`,
  },
  { id: 'url-line-feed', title: 'Line feed inside', url: `${REGISTRY}ev\nil/-/evil-1.0.0.tgz` },
  { id: 'url-encoded-file', title: 'Percent-encoded extension', url: `${REGISTRY}evil/-/evil-1.0.0.t%67z` },
  { id: 'url-name-case', title: 'Name in another case', url: `${REGISTRY}Alpha/-/Alpha-1.0.0.tgz` },
  { id: 'url-name-suffix', title: 'Longer name', url: `${REGISTRY}alpha-evil/-/alpha-evil-1.0.0.tgz` },
  { id: 'url-prerelease', title: 'Prerelease of the version', url: `${REGISTRY}alpha/-/alpha-1.0.0-0.tgz` },
  {
    id: 'url-download-path',
    title: 'Another path of the registry to the file',
    url: `${REGISTRY}download/@evil/alpha/1.0.0/0123abcd`,
  },
  {
    id: 'url-service',
    title: 'A service of the registry with parameters',
    url: `${REGISTRY}-/tarball?name=evil&version=1.0.0`,
  },
  {
    id: 'url-other-tenant',
    title: 'Other tenant on the same host',
    url: 'https://registry.example.test/other/npm/alpha/-/alpha-1.0.0.tgz',
    scenario: 'tenant',
  },
  {
    id: 'url-tenant-dots',
    title: 'Other tenant by a double-dot segment',
    url: `${TENANT}../../other/npm/alpha/-/alpha-1.0.0.tgz`,
    scenario: 'tenant',
  },
  {
    id: 'url-tenant-encoded-dots',
    title: 'Other tenant by percent-encoded dots',
    url: `${TENANT}%2e%2e/%2e%2e/other/npm/alpha/-/alpha-1.0.0.tgz`,
    scenario: 'tenant',
  },
  { id: 'url-foreign-host', title: 'Foreign host', url: 'https://evil.example.test/alpha/-/alpha-1.0.0.tgz' },
  {
    id: 'url-host-case',
    title: 'Foreign host in upper case',
    url: 'https://EVIL.EXAMPLE.TEST/alpha/-/alpha-1.0.0.tgz',
  },
  {
    id: 'url-other-port',
    title: 'Another port of the registry’s host',
    url: 'https://registry.example.test:8443/alpha/-/alpha-1.0.0.tgz',
  },
  {
    id: 'url-userinfo',
    title: 'Foreign host behind a user name',
    url: 'https://registry.example.test@evil.example.test/alpha/-/alpha-1.0.0.tgz',
  },
  {
    id: 'url-upper-case-scheme',
    title: 'Scheme in upper case',
    url: 'HTTPS://evil.example.test/alpha/-/alpha-1.0.0.tgz',
  },
  {
    id: 'url-one-slash',
    title: 'Foreign host behind one slash',
    url: 'https:/evil.example.test/alpha/-/alpha-1.0.0.tgz',
  },
];

/** The URLs that are also tested with the older versions of npm's lockfile: one of each kind. */
const TYPICAL: ReadonlySet<string> = new Set([
  'url-other-package',
  'url-dot',
  'url-encoded-dot-dot',
  'url-trailing-blank-version',
  'url-tar-gz',
  'url-foreign-host',
]);

/** Mechanisms that change the URL and the hash of an entry together. */
export const TARBALL_URLS: readonly Mechanism[] = SHAPES.map(({ id, title, url, scenario = 'registry' }) => ({
  id,
  title,
  scenario,
  appliesTo: ({ lockfileVersion }) => lockfileVersion === undefined || TYPICAL.has(id),
  plant: (project) => ({
    files: project.lockfileOnly(project.withEntry('alpha', { url, integrity: project.plantedHash })),
    token: project.urlToken(url),
    mention: 'alpha',
  }),
}));
