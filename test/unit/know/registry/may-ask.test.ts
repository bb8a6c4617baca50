import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type AskQuestion,
  mayAsk,
  UNTRUSTED_REGISTRY,
} from '../../../../server/src/core/know/registry/access/may-ask.ts';
import { packumentUrl } from '../../../../server/src/core/know/registry/access/packument-url.ts';

const PUBLIC = 'https://registry.public.example.test/';
const PRIVATE = 'https://npm.acme.example.test/';

const question: AskQuestion = {
  name: 'lodash',
  registry: { url: PUBLIC, trusted: true, usable: true, scope: undefined, source: { type: 'default' } },
  isOpen: true,
  online: true,
  trusted: true,
  privateScopes: [],
  internalNames: [],
  memberNames: new Set(),
  exoticNames: new Set(),
  lockedHost: undefined,
  statedRegistry: undefined,
  lockedScopeHost: undefined,
  unreadFile: undefined,
  unreadDeclaration: undefined,
  credentialWithheld: false,
};
const onPrivate = { registry: { ...question.registry, url: PRIVATE, scope: '@acme' }, isOpen: false };

const table: readonly [title: string, change: Partial<AskQuestion>, answer: string][] = [
  ['a public name in a trusted folder', {}, 'allowed'],
  ['a scoped public name', { name: '@babel/core' }, 'allowed'],
  ['a folder that is not trusted', { trusted: false }, 'untrusted: this folder is not trusted'],
  ['the same, offline too', { trusted: false, online: false }, 'untrusted: this folder is not trusted'],
  [
    'a registry that an untrusted file chose',
    { registry: { ...question.registry, trusted: false } },
    `untrusted: ${UNTRUSTED_REGISTRY}`,
  ],
  ['offline', { online: false }, 'offline: offline'],
  ['a private name goes to its own registry', { name: '@acme/ui', ...onPrivate }, 'allowed'],
  [
    'a private scope without a registry of its own',
    { name: '@acme/ui', privateScopes: [{ scope: '@acme' }] },
    'private: @acme is a private scope without a configured registry',
  ],
  [
    'a private scope with one',
    { name: '@acme/ui', privateScopes: [{ scope: '@acme' }], ...onPrivate },
    'allowed',
  ],
  [
    'a scope in another case than the private one',
    { name: '@ACME/ui', privateScopes: [{ scope: '@acme' }] },
    'private: @ACME is a private scope without a configured registry',
  ],
  [
    'an internal name in another case',
    { name: 'Acme-Utils', internalNames: ['acme-utils'] },
    'private: it is an internal name without a configured registry',
  ],
  [
    'any name where a file that may declare it private cannot be read',
    { unreadDeclaration: { file: 'dependency-hygiene.json', reason: 'it is not UTF-8 text' } },
    'private: dependency-hygiene.json may declare it private and could not be read: it is not UTF-8 text',
  ],
  [
    'the same, with a registry of its own',
    {
      name: '@acme/ui',
      unreadDeclaration: { file: 'dependency-hygiene.json', reason: 'it is not UTF-8 text' },
      ...onPrivate,
    },
    'allowed',
  ],
  [
    'a name whose registry may stand where a file is damaged',
    { name: '@acme/ui', unreadFile: '.yarnrc.yml' },
    'failed: .yarnrc.yml is damaged, so its registry is unknown',
  ],
  [
    'the same, with a registry of its own that can be read',
    { name: '@acme/ui', unreadFile: '.yarnrc.yml', ...onPrivate },
    'failed: .yarnrc.yml is damaged, so its registry is unknown',
  ],
  [
    'a private scope in a project with a damaged file',
    { name: '@acme/ui', privateScopes: [{ scope: '@acme' }], unreadFile: 'bunfig.toml' },
    'private: @acme is a private scope without a configured registry',
  ],
  [
    'a scope that only begins alike',
    { name: '@acme-labs/ui', privateScopes: [{ scope: '@acme' }] },
    'allowed',
  ],
  [
    'an internal name on the public registry',
    { name: 'acme-ui', internalNames: ['acme-ui'] },
    'private: it is an internal name without a configured registry',
  ],
  [
    'an internal name on a private one',
    { name: 'acme-ui', internalNames: ['acme-ui'], ...onPrivate },
    'allowed',
  ],
  [
    'a package of the workspace',
    { memberNames: new Set(['lodash']) },
    'private: it is a package of this workspace',
  ],
  [
    'the same with a private registry',
    { memberNames: new Set(['lodash']), ...onPrivate },
    'private: it is a package of this workspace',
  ],
  [
    'a name that comes from git',
    { exoticNames: new Set(['lodash']) },
    'elsewhere: this project does not take it from a registry',
  ],
  [
    'a name that is locked to another host',
    { lockedHost: 'npm.acme.example.test' },
    'elsewhere: the lockfile takes it from npm.acme.example.test, not from the public registry',
  ],
  [
    'a scope for which another file names a private registry',
    { name: '@acme/ui', statedRegistry: PRIVATE },
    'private: the workspace names npm.acme.example.test for @acme, but no registry is configured for that scope here',
  ],
  [
    'a scope for which another file names a registry without a whole address',
    { name: '@acme/ui', statedRegistry: '$' + '{NPM}' },
    'private: the workspace names a registry of its own for @acme, but no registry is configured for that scope here',
  ],
  [
    'the same with that registry',
    { name: '@acme/ui', statedRegistry: PRIVATE, lockedScopeHost: 'npm.acme.example.test', ...onPrivate },
    'allowed',
  ],
  [
    'a scope of which other packages are locked to another host',
    { name: '@acme/ui', lockedScopeHost: 'npm.acme.example.test' },
    'private: the lockfile takes other packages of @acme from npm.acme.example.test, but no registry is configured for that scope here',
  ],
  [
    'an address with a variable that was not expanded',
    { registry: { ...question.registry, usable: false } },
    "failed: the registry's URL is incomplete",
  ],
  ['a name that is a path', { name: '../../admin' }, 'failed: no registry can serve a package of this name'],
];

describe('whether a name may be sent', () => {
  for (const [title, change, expected] of table) {
    test(title, () => {
      const answer = mayAsk({ ...question, ...change });
      assert.equal(answer.allowed ? 'allowed' : `${answer.reason}: ${answer.detail}`, expected);
    });
  }
});

describe("a package's address", () => {
  const cases: readonly [registry: string, name: string, url: string | undefined][] = [
    [PUBLIC, 'lodash', `${PUBLIC}lodash`],
    [PUBLIC, '@acme/ui', `${PUBLIC}@acme%2fui`],
    [
      'https://host.example.test:8443/npm/group',
      'JSONStream',
      'https://host.example.test:8443/npm/group/JSONStream',
    ],
    ['https://user:secret@host.example.test/?x=1', 'a', 'https://host.example.test/a'],
    ['ftp://host.example.test/', 'a', undefined],
    [PUBLIC, '', undefined],
    [PUBLIC, '.', undefined],
    [PUBLIC, '..', undefined],
    [PUBLIC, 'a/b', undefined],
    [PUBLIC, '@acme/a/b', undefined],
    [PUBLIC, '@/a', undefined],
    [PUBLIC, '@acme/..', undefined],
    [PUBLIC, 'a?b', undefined],
    [PUBLIC, 'a#b', undefined],
    [PUBLIC, 'a b', undefined],
    [PUBLIC, 'a%2fb', undefined],
    [PUBLIC, 'x'.repeat(215), undefined],
  ];
  for (const [registry, name, url] of cases) {
    test(`${registry} ${name.slice(0, 20)}`, () => assert.equal(packumentUrl(registry, name), url));
  }
});
