/** A period in which somebody else published under an account or in the name of a project. */
export interface Takeover {
  /** Whose name was used, for sentences. */
  readonly who: string;
  /** The account as in the registry, in lower case: anything that it published in the period is doubtful. */
  readonly account: string | undefined;
  /** ISO 8601, including the last instant. */
  readonly from: string;
  readonly to: string;
  /** What the attackers published, by package. */
  readonly bad: Readonly<Record<string, readonly string[]>>;
  /** What the owners published in the same period, or is known to be clean: the version to use. */
  readonly good: Readonly<Record<string, readonly string[]>>;
  /** The id of an advisory, if there is one. */
  readonly advisory: string | undefined;
  /** The credentials that its malware is known to take, for a sentence; omitted if unknown. */
  readonly takes?: readonly string[];
}

/**
 * Takeovers of widely used packages, by time. Facts from the named advisories. Malicious versions are gone from
 * registries, which keep their publish times; lockfiles and caches keep the versions.
 */
export const TAKEOVERS: readonly Takeover[] = [
  {
    who: 'an ESLint maintainer',
    account: undefined,
    from: '2018-07-12T00:00:00Z',
    to: '2018-07-12T23:59:59Z',
    bad: { 'eslint-scope': ['3.7.2'], 'eslint-config-eslint': ['5.0.2'] },
    good: { 'eslint-scope': ['3.7.3'], 'eslint-config-eslint': ['5.0.1'] },
    advisory: 'GHSA-hxxf-q3w9-4xgw',
    takes: ["the registry's tokens in .npmrc"],
  },
  {
    who: 'right9ctrl',
    account: 'right9ctrl',
    from: '2018-09-04T00:00:00Z',
    to: '2018-11-26T23:59:59Z',
    bad: { 'event-stream': ['3.3.6'], 'flatmap-stream': ['0.1.0', '0.1.1', '0.1.2'] },
    good: { 'event-stream': ['3.3.5', '4.0.0', '4.0.1'] },
    advisory: 'GHSA-mh6f-8j2x-4483',
    takes: ['keys of Bitcoin wallets'],
  },
  {
    who: 'the maintainer of ua-parser-js',
    account: undefined,
    from: '2021-10-22T00:00:00Z',
    to: '2021-10-22T23:59:59Z',
    bad: { 'ua-parser-js': ['0.7.29', '0.8.0', '1.0.0'] },
    good: { 'ua-parser-js': ['0.7.30', '0.8.1', '1.0.1'] },
    advisory: 'GHSA-pjwm-rvh2-c87w',
  },
  {
    who: 'the maintainers of coa and rc',
    account: undefined,
    from: '2021-11-04T00:00:00Z',
    to: '2021-11-04T23:59:59Z',
    bad: {
      coa: ['2.0.3', '2.0.4', '2.1.1', '2.1.3', '3.0.1', '3.1.3'],
      rc: ['1.2.9', '1.3.9', '2.3.9'],
    },
    good: { coa: ['2.0.2'], rc: ['1.2.8'] },
    advisory: 'GHSA-73qr-pfmq-6rp8',
  },
  {
    who: 'JounQin',
    account: 'jounqin',
    from: '2025-07-18T00:00:00Z',
    to: '2025-07-18T23:59:59Z',
    bad: {
      'eslint-config-prettier': ['8.10.1', '9.1.1', '10.1.6', '10.1.7'],
      'eslint-plugin-prettier': ['4.2.2', '4.2.3'],
      synckit: ['0.11.9'],
      '@pkgr/core': ['0.2.8'],
      'napi-postinstall': ['0.3.1'],
    },
    good: {
      'eslint-config-prettier': ['8.10.2', '9.1.2', '10.1.8'],
      'eslint-plugin-prettier': ['4.2.4', '4.2.5', '5.5.2', '5.5.3'],
      synckit: ['0.11.8', '0.11.10', '0.11.11'],
      '@pkgr/core': ['0.2.7', '0.2.9'],
      'napi-postinstall': ['0.3.0', '0.3.2'],
    },
    advisory: 'GHSA-f29h-pxvx-f335',
  },
  {
    who: 'the maintainers of nx',
    account: undefined,
    from: '2025-08-26T00:00:00Z',
    to: '2025-08-27T23:59:59Z',
    bad: {
      nx: ['20.9.0', '20.10.0', '20.11.0', '20.12.0', '21.5.0', '21.6.0', '21.7.0', '21.8.0'],
      '@nx/devkit': ['20.9.0', '21.5.0'],
      '@nx/js': ['20.9.0', '21.5.0'],
      '@nx/workspace': ['20.9.0', '21.5.0'],
      '@nx/node': ['20.9.0', '21.5.0'],
      '@nx/eslint': ['21.5.0'],
      '@nx/key': ['3.2.0'],
      '@nx/enterprise-cloud': ['3.2.0'],
    },
    good: {},
    advisory: 'GHSA-cxm3-wv7p-598c',
    takes: ['tokens of GitHub and the registry', 'SSH keys', 'variables of the environment', 'wallets'],
  },
  {
    who: 'qix',
    account: 'qix',
    from: '2025-09-08T13:00:00Z',
    to: '2025-09-08T18:00:00Z',
    bad: {
      chalk: ['5.6.1'],
      debug: ['4.4.2'],
      'ansi-regex': ['6.2.1'],
      'ansi-styles': ['6.2.2'],
      'strip-ansi': ['7.1.1'],
      'supports-color': ['10.2.1'],
      'color-convert': ['3.1.1'],
      'color-name': ['2.0.1'],
      'color-string': ['2.1.1'],
      color: ['5.0.1'],
      backslash: ['0.2.1'],
      'chalk-template': ['1.1.1'],
      'error-ex': ['1.3.3'],
      'has-ansi': ['6.0.1'],
      'is-arrayish': ['0.3.3'],
      'simple-swizzle': ['0.2.3'],
      'slice-ansi': ['7.1.1'],
      'supports-hyperlinks': ['4.1.1'],
      'wrap-ansi': ['9.0.1'],
    },
    good: {},
    advisory: 'GHSA-2v46-p5h4-248w',
    takes: ['payments of wallets in the browser'],
  },
  {
    who: 'the maintainer of axios',
    account: 'jasonsaayman',
    from: '2026-03-31T00:21:00Z',
    to: '2026-03-31T03:15:00Z',
    bad: { axios: ['1.14.1', '0.30.4'] },
    good: { axios: ['1.14.0', '0.30.3'] },
    advisory: 'GHSA-fw8c-xr5c-95f9',
  },
  {
    who: 'a maintainer of node-ipc',
    account: undefined,
    from: '2026-05-14T00:00:00Z',
    to: '2026-05-14T23:59:59Z',
    bad: { 'node-ipc': ['9.1.6', '9.2.3', '12.0.1'] },
    good: {},
    advisory: 'GHSA-pvh2-rg5g-69v7',
  },
  {
    who: 'TanStack',
    account: undefined,
    from: '2026-05-11T00:00:00Z',
    to: '2026-05-11T23:59:59Z',
    bad: {
      '@tanstack/router-core': ['1.169.5', '1.169.8'],
      '@tanstack/react-router': ['1.169.5', '1.169.8'],
      '@tanstack/solid-router': ['1.169.5', '1.169.8'],
      '@tanstack/vue-router': ['1.169.5', '1.169.8'],
      '@tanstack/react-start': ['1.167.68', '1.167.71'],
      '@tanstack/history': ['1.161.9', '1.161.12'],
      '@tanstack/router-plugin': ['1.167.38', '1.167.41'],
    },
    good: {},
    advisory: 'GHSA-g7cv-rxg3-hmpx',
  },
  {
    who: 'the maintainer of jscrambler',
    account: undefined,
    from: '2026-07-11T00:00:00Z',
    to: '2026-07-11T23:59:59Z',
    bad: { jscrambler: ['8.14.0', '8.16.0', '8.17.0', '8.18.0', '8.20.0'] },
    good: { jscrambler: ['8.13.0'] },
    advisory: undefined,
  },
  {
    who: 'the maintainer of keyv and cacheable',
    account: undefined,
    from: '2026-08-04T00:00:00Z',
    to: '2026-08-04T23:59:59Z',
    bad: {
      keyv: ['6.0.0'],
      cacheable: ['2.5.1'],
      'cacheable-request': ['13.0.20'],
      'cache-manager': ['7.2.10'],
      'file-entry-cache': ['11.1.6'],
      'flat-cache': ['6.1.24'],
    },
    good: {},
    advisory: undefined,
  },
  {
    who: 'the maintainer of @7nohe/openapi-react-query-codegen',
    account: undefined,
    from: '2026-08-28T20:00:00Z',
    to: '2026-08-28T20:21:00Z',
    bad: {
      '@7nohe/openapi-react-query-codegen': [
        ...['0.5.4', '0.5.5', '1.6.3', '1.6.4', '2.2.1', '2.2.2', '3.0.3', '3.0.4'],
      ],
    },
    good: { '@7nohe/openapi-react-query-codegen': ['3.0.2'] },
    advisory: undefined,
  },
];
