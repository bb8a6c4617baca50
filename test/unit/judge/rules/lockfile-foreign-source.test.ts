import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const PUBLIC = 'https://registry.public.example.test/';
const RULE = 'lockfile-foreign-source';

interface Locked {
  readonly key: string;
  readonly address: string;
  readonly mark?: string;
  readonly version?: string;
  readonly more?: string;
}

/** Returns a lockfile with these entries, whose URLs are on lines of their own. */
function lockOf(entries: readonly Locked[], root = '{ "name": "shop" }'): string {
  const printed = entries.map(({ key, address, mark, version = '1.0.0', more = '' }) => {
    const value = JSON.stringify(address);
    const below = mark === undefined ? '' : `                  ${'^'.repeat(value.length)} ${mark}\n`;
    return `    "${key}": {
      "version": "${version}",
      "resolved": ${value},
${below}      ${more}"integrity": "${HASH}"
    }`;
  });
  return `-- package.json --
${root}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": ${root},
${printed.join(',\n')}
  }
}
`;
}

/** Returns a package of the public registry, or of the one at `base`. */
function ordinary(name: string, base = PUBLIC): Locked {
  return {
    key: `node_modules/${name}`,
    address: `${base}${name}/-/${name.slice(name.lastIndexOf('/') + 1)}-1.0.0.tgz`,
  };
}

const PLAIN = ['a', 'b', 'c'].map((name) => ordinary(name));
const NPMRC = (text: string) => `-- .npmrc --\n${text}\n`;

const EVIL: Locked = {
  key: 'node_modules/lodash',
  address: 'https://evil.example.test/lodash/-/lodash-1.0.0.tgz',
  mark: `${RULE}: lodash 1.0.0 is fetched from evil.example.test, but the public registry is configured to serve it. Find out who changed it, or add the host to "allowedHosts".`,
};

test('a foreign host', () => expectMarks(lockOf([...PLAIN, EVIL])));

test('a foreign host, with an address of any shape', () =>
  expectMarks(
    lockOf([
      ...PLAIN,
      { key: 'node_modules/lodash', address: 'https://evil.example.test/x.tgz', mark: RULE },
    ]),
  ));

test('the same host on another port', () =>
  expectMarks(
    lockOf([...PLAIN, { ...ordinary('d', 'https://registry.public.example.test:8443/'), mark: RULE }]),
  ));

test('credentials in an address, which are not repeated', () =>
  expectMarks(
    lockOf([
      ...PLAIN,
      {
        ...ordinary('d', 'https://me:secret@registry.public.example.test/'),
        mark: `${RULE}: The URL of d 1.0.0 contains credentials that everyone who reads this file can use. Remove and revoke them.`,
      },
    ]),
  ));

test('a foreign host behind credentials that look like the registry, alone and on most packages', async () => {
  const trick = {
    ...ordinary('d', 'https://registry.public.example.test@evil.example.test/'),
    mark: `${RULE}: d 1.0.0 is fetched from evil.example.test, by a URL with credentials, but the public registry is configured to serve it. Find out who changed it, or add the host to "allowedHosts".`,
  };
  await expectMarks(lockOf([...PLAIN, trick]));
  const secret = 'https://me:hunter2@mirror.example.test/';
  const many = lockOf(['a', 'b', 'c', 'd', 'e'].map((name) => ordinary(name, secret)));
  const findings = (await openWorkspace(many)).findings(RULE);
  assert.deepEqual(
    findings.map(({ severity }) => severity),
    ['error', 'error', 'error', 'error', 'error'],
  );
  assert.doesNotMatch(JSON.stringify(findings.map(({ message, data }) => [message, data])), /hunter2/);
});

test('credentials for the host that serves nearly all', async () => {
  const mirror = 'https://mirror.example.test/';
  const plain = ['a', 'b', 'c', 'd', 'e'].map((name) => ordinary(name, mirror));
  const keyed = ordinary('f', 'https://me:secret@mirror.example.test/');
  const findings = (await openWorkspace(lockOf([...plain, keyed]))).findings(RULE);
  assert.deepEqual(
    findings.map(({ severity, data }) => [severity, (data as { reason: string }).reason]),
    [
      ['warning', 'main-host'],
      ['error', 'credentials'],
    ],
  );
});

test('a mapped scope on the public registry: a warning, an error where the scope is private', async () => {
  const files = lockOf([
    ...PLAIN,
    {
      ...ordinary('@acme/ui'),
      mark: `${RULE}: @acme/ui 1.0.0 is fetched from the public registry (registry.public.example.test), but @acme is mapped to npm.acme.example.test. Remove its entry and lock it again.`,
    },
    { ...ordinary('@acme/x', 'https://npm.acme.example.test/') },
  ]);
  const mapped = files + NPMRC('@acme:registry=https://npm.acme.example.test/');
  await expectMarks(mapped);
  const severityOf = async (source: string) => (await openWorkspace(source)).findings(RULE)[0]?.severity;
  assert.equal(await severityOf(mapped), 'warning');
  assert.equal(
    await severityOf(`${mapped}-- dependency-hygiene.json --\n{ "privateScopes": ["@acme"] }\n`),
    'error',
  );
});

test('http where the configured registry is https', () =>
  expectMarks(
    lockOf([
      ...['a', 'b', 'c'].map((name) => ordinary(name, 'https://npm.acme.example.test/')),
      {
        ...ordinary('d', 'http://npm.acme.example.test/'),
        mark: `${RULE}: d 1.0.0 is fetched from npm.acme.example.test over http, so anyone on the network path can replace it. Use https, as its registry does.`,
      },
    ]) + NPMRC('registry=https://npm.acme.example.test/'),
  ));

const SILENT: Record<string, string> = {
  'the public registry': lockOf(PLAIN),
  'public addresses where another registry is configured, as npm replaces their host':
    lockOf([...PLAIN, ordinary('x', 'https://npm.acme.example.test/')]) +
    NPMRC('registry=https://npm.acme.example.test'),
  'the public registry over http, as npm replaces the scheme with the host': lockOf([
    ...PLAIN,
    ordinary('d', 'http://registry.public.example.test/'),
  ]),
  'the scheme’s own port': lockOf([...PLAIN, ordinary('d', 'https://registry.public.example.test:443/')]),
  'a mapped scope':
    lockOf([...PLAIN, ordinary('@acme/ui', 'https://npm.acme.example.test/npm/')]) +
    NPMRC('@acme:registry=https://npm.acme.example.test/npm/'),
  'a mirror': `${lockOf([...PLAIN, ordinary('d', 'https://mirror.example.test/npm/')])}-- dependency-hygiene.json --\n{ "mirrors": ["https://mirror.example.test/npm/"] }\n`,
  'an allowed host': `${lockOf([...PLAIN, ordinary('d', 'https://cdn.example.test/')])}-- dependency-hygiene.json --\n{ "allowedHosts": ["cdn.example.test"] }\n`,
  'a registry that the configuration leaves open':
    lockOf([...PLAIN, ordinary('d', 'https://somewhere.example.test/')]) +
    NPMRC('registry=https://$'.concat('{REGISTRY_HOST}/')),
  'no address at all': lockOf(PLAIN).replaceAll(/ {6}"resolved".*\n/g, ''),
  'git, local files and links': lockOf([
    ...PLAIN,
    {
      key: 'node_modules/g',
      address: 'git+https://evil.example.test/o/g.git#0123456789012345678901234567890123456789',
    },
    { key: 'node_modules/f', address: 'file:f-1.0.0.tgz' },
    { key: 'node_modules/l', address: 'packages/l', more: '"link": true, ' },
  ]),
  'an address that the manifest declares': lockOf(
    [...PLAIN, { key: 'node_modules/d', address: 'https://files.example.test/d.tgz' }],
    '{ "name": "shop", "dependencies": { "d": "https://files.example.test/d.tgz" } }',
  ),
  'an address that another package declares': lockOf([
    ...PLAIN,
    { ...ordinary('e'), more: '"dependencies": { "d": "https://files.example.test/d.tgz" }, ' },
    { key: 'node_modules/d', address: 'https://files.example.test/d.tgz' },
  ]),
  'an address that is none': lockOf([...PLAIN, { key: 'node_modules/d', address: '://' }]),
};
for (const [name, source] of Object.entries(SILENT))
  test(`silent: ${name}`, () => expectMarks(source, { rules: [RULE] }));

const MIRRORED = lockOf([
  {
    ...ordinary('a', 'https://mirror.example.test/npm/'),
    mark: `${RULE}: mirror.example.test serves 4 of 5 packages here, but no registry setting or "mirrors" names it. Add it to "mirrors" if it is yours, else lock the packages again.`,
  },
  ...['b', '@c/c', 'd'].map((name) => ordinary(name, 'https://mirror.example.test/npm/')),
  ordinary('e'),
]);

test('one host that serves nearly all is asked about once, as a warning', async () => {
  await expectMarks(MIRRORED);
  const workspace = await openWorkspace(MIRRORED);
  assert.deepEqual(
    workspace.findings(RULE).map(({ severity }) => severity),
    ['warning'],
  );
});

test('a foreign host beside a main one is still reported', () =>
  expectMarks(
    lockOf([
      { ...ordinary('a', 'https://mirror.example.test/'), mark: RULE },
      ...['b', 'c', 'd', 'f'].map((name) => ordinary(name, 'https://mirror.example.test/')),
      { ...ordinary('e', 'https://evil.example.test/'), mark: RULE },
    ]),
  ));

test('fix: name the mirror', async () => {
  const after = await fixOf(MIRRORED, RULE, /^Add https:\/\/mirror\.example\.test\/npm\/ to mirrors/);
  assert.match(
    after,
    /-- dependency-hygiene\.json --\n\{\n {2}"mirrors": \[\n? *"https:\/\/mirror\.example\.test\/npm\/"/,
  );
  await expectMarks(after, { rules: [RULE] });
});

test('a mirror with packages below two paths, of which several stand beside each other, is named by its host', async () => {
  const at = (path: string) => (name: string) => ordinary(name, `https://mirror.example.test/${path}/`);
  const odd = { key: 'node_modules/g', address: 'https://mirror.example.test/npm/g.tgz' };
  const [npm, other] = [at('npm'), at('other')];
  const baseOf = async (entries: readonly Locked[]) =>
    (await openWorkspace(lockOf(entries)))
      .findings(RULE)
      .map(({ data }) => (data as { address: string }).address);
  assert.deepEqual(await baseOf([...['a', 'b', '@c/c', 'd'].map(npm), ...['@c/e', 'f'].map(npm)]), [
    'https://mirror.example.test/npm/',
  ]);
  assert.deepEqual(await baseOf([...['a', 'b', 'c'].map(npm), ...['d', 'e'].map(other), npm('f')]), [
    'https://mirror.example.test/',
  ]);
  assert.deepEqual(await baseOf([...['a', 'b', '@c/c', 'd'].map(npm), odd, npm('f')]), [
    'https://mirror.example.test/',
  ]);
});

test('fix: fetch from the registry', async () => {
  const after = await fixOf(
    lockOf([...PLAIN, { ...EVIL, version: '4.17.21+x' }]),
    RULE,
    /^Fetch lodash 4\.17\.21\+x from/,
  );
  assert.match(
    after,
    /"resolved": "https:\/\/registry\.public\.example\.test\/lodash\/-\/lodash-4\.17\.21\.tgz",\n/,
  );
});

test('fix: allow the host', async () => {
  const source = `${lockOf([...PLAIN, EVIL])}-- dependency-hygiene.json --\n{\n    // ours\n    "allowedHosts": ["a.example.test"], // more\n}\n`;
  const after = await fixOf(source, RULE, /^Add evil\.example\.test to allowedHosts/);
  assert.match(
    after,
    /\/\/ ours\n {4}"allowedHosts": \["a\.example\.test", "evil\.example\.test"\], \/\/ more/,
  );
});

test('fix: https for http', async () => {
  const source =
    lockOf(
      ['a', 'b', 'c']
        .map((name) => ordinary(name, 'https://npm.acme.example.test/'))
        .concat([ordinary('d', 'http://npm.acme.example.test/')]),
    ) + NPMRC('registry=https://npm.acme.example.test/');
  assert.match(
    await fixOf(source, RULE, /^Use https/),
    /"https:\/\/npm\.acme\.example\.test\/d\/-\/d-1\.0\.0\.tgz"/,
  );
});

test('fix: remove credentials', async () => {
  const source = lockOf([...PLAIN, ordinary('d', 'https://me:secret@registry.public.example.test/')]);
  const after = await fixOf(source, RULE, /^Remove the credentials/);
  assert.match(after, /"https:\/\/registry\.public\.example\.test\/d\/-\/d-1\.0\.0\.tgz"/);
  const workspace = await openWorkspace(source);
  assert.doesNotMatch(JSON.stringify(workspace.findings(RULE)), /secret/);
});

test('a source that the base has with the same hash is not of this change', async () => {
  const EVIL = 'https://evil.example.test/';
  const lock = (count: number, more: readonly Locked[] = []) => {
    const own = Array.from({ length: count }, (_, at) => ({
      ...{ key: `node_modules/a${at}`, address: `${EVIL}a${at}/-/a${at}-1.0.0.tgz` },
    }));
    const others = Array.from({ length: 60 }, (_, at) => ({
      ...{ key: `node_modules/b${at}`, address: `${PUBLIC}b${at}/-/b${at}-1.0.0.tgz` },
    }));
    return lockOf([...own, ...more, ...others]);
  };
  const textOf = (source: string) => /-- package-lock\.json --\n([\s\S]*)$/.exec(source)![1]!;
  const found = async (source: string, base: string | undefined, isNamed = true) => {
    const git = isNamed ? { base } : { git: { textAt: async () => committed(base!) } };
    const settings = {
      settings: isNamed
        ? base === undefined
          ? {}
          : { base: 'main' }
        : { comparesCommits: true, trusted: true },
    };
    const workspace = await openWorkspace(source, { ...git, ...settings });
    await workspace.session.ensureProject(workspace.uri('package-lock.json'));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    return workspace.findings(RULE).map((finding) => {
      const isRestored = finding.fixes().some(({ command }) => command?.startsWith('git restore'));
      return [finding.severity, / the same in/.test(finding.message), isRestored];
    });
  };
  const committed = (text: string) => ({ type: 'text', commit: '0'.repeat(40), text }) as const;
  const renamed = (source: string) => textOf(source).replace('"shop"', '"other"');
  const error = [['error', false, true]];
  const one = lock(1);
  // Without git, with another hash and at another URL, it is an error.
  assert.deepEqual(await found(one, undefined), [['error', false, false]]);
  assert.deepEqual(await found(one, textOf(one).replaceAll(HASH, HASH.replace('2yy', '3yy'))), error);
  assert.deepEqual(await found(one, textOf(one).replace(EVIL, PUBLIC)), error);
  assert.deepEqual(await found(one, textOf(one)), [['warning', true, false]]);
  assert.deepEqual(await found(one, textOf(one).replace('"shop"', '"other"')), [['warning', true, false]]);
  // A new one is an addition to those of the base.
  const added = { key: 'node_modules/c', address: `${EVIL}c/-/c-1.0.0.tgz` };
  assert.deepEqual(await found(lock(11, [added]), textOf(lock(11))), [
    ['warning', true, false],
    ['error', false, true],
  ]);
  // The last commit may be the attack: only the form of many packages is a habit there.
  assert.deepEqual(await found(one, renamed(one), false), [['error', true, false]]);
  assert.deepEqual(await found(lock(11), renamed(lock(11)), false), [['warning', true, false]]);
});
