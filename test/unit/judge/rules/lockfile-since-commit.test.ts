import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';
import { openOverCommit } from './with-registry.ts';

const SHA512 = `sha512-${'A'.repeat(86)}==`;
const OTHER512 = `sha512-${'B'.repeat(86)}==`;
const SHA384 = `sha384-${'A'.repeat(64)}`;
const SHA256 = `sha256-${'A'.repeat(43)}=`;
const SHA1 = `sha1-${'A'.repeat(27)}=`;
const MD5 = `md5-${'A'.repeat(22)}==`;

interface Locked {
  readonly integrity?: string | undefined;
  readonly resolved?: string;
}

function lockOf(packages: Readonly<Record<string, Locked>>): string {
  const entries = Object.entries(packages).map(([name, { integrity, resolved }]) => [
    `node_modules/${name}`,
    { version: '1.0.0', resolved: resolved ?? `${TEST_REGISTRY}${name}/-/${name}-1.0.0.tgz`, integrity },
  ]);
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '^1.0.0']));
  const root = { name: 'shop', dependencies };
  return `${JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(entries) } }, undefined, 2)}\n`;
}

async function found(rule: string, now: string, committed?: string): Promise<readonly string[]> {
  const source = `-- package.json --\n{ "name": "shop" }\n-- package-lock.json --\n${now}`;
  const workspace =
    committed === undefined
      ? await openWorkspace(source)
      : await openOverCommit(source, {}, 'package-lock.json', committed);
  return workspace.findings(rule).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('hashes that the committed file had otherwise', () => {
  const cases: readonly (readonly [string, string, string | undefined, readonly string[]])[] = [
    [
      'removed',
      SHA512,
      undefined,
      [
        'error: a 1.0.0 has lost the sha512 hash that it has in the last commit, so its download is not verified. Restore the entry from git and find out who changed it.',
      ],
    ],
    [
      'of no known kind now',
      SHA512,
      `sha999-${'A'.repeat(86)}==`,
      [
        'error: a 1.0.0 has lost the sha512 hash that it has in the last commit, so its download is not verified. Restore the entry from git and find out who changed it.',
      ],
    ],
    ...[SHA384, SHA256, SHA1, MD5].map((weaker) => {
      const algorithm = weaker.slice(0, weaker.indexOf('-'));
      const message = `error: a 1.0.0 has only a ${algorithm} hash here, but a stronger sha512 one in the last commit. Restore the entry from git and find out who changed it.`;
      return [algorithm, SHA512, weaker, [message]] as const;
    }),
    [
      'one of several, the weaker',
      `${SHA512} ${SHA1}`,
      SHA1,
      [
        'error: a 1.0.0 has only a sha1 hash here, but a stronger sha512 one in the last commit. Restore the entry from git and find out who changed it.',
      ],
    ],
    [
      'a stronger one, which nothing compares',
      SHA1,
      SHA512,
      [
        'information: a 1.0.0 has a sha512 hash instead of the sha1 hash in the last commit, so they cannot be compared. Run "dephygiene check --trust" to compare with the registry.',
      ],
    ],
    ['a stronger one beside the same', SHA1, `${SHA512} ${SHA1}`, []],
    ['the same', SHA512, SHA512, []],
    ['none before', '', SHA512, []],
  ];
  for (const [title, before, now, expected] of cases) {
    test(title, async () => {
      const committed = lockOf({ a: { integrity: before === '' ? undefined : before } });
      const text = lockOf({ a: { integrity: now } });
      // The content of the committed file itself does not matter.
      const changed = committed === text ? text.replace('"name": "shop"', '"name":  "shop"') : text;
      assert.deepEqual(await found('lockfile-integrity-mismatch', changed, committed), expected);
    });
  }

  test('a stronger one with another URL of the same registry, which is a warning', async () => {
    const committed = lockOf({ a: { integrity: SHA1 } });
    for (const resolved of [
      `${TEST_REGISTRY}b/-/b-1.0.0.tgz`,
      `${TEST_REGISTRY}a/-/a-1.0.0.tgz?x`,
      `https://user@${TEST_REGISTRY.slice('https://'.length)}a/-/a-1.0.0.tgz`,
      'https://evil.example.test/a/-/a-1.0.0.tgz',
    ]) {
      const findings = await found(
        'lockfile-integrity-mismatch',
        lockOf({ a: { integrity: SHA512, resolved } }),
        committed,
      );
      const isOtherRegistry = resolved.includes('evil');
      assert.deepEqual(
        findings.map((finding) => finding.slice(0, finding.indexOf(':'))),
        isOtherRegistry ? [] : ['warning'],
        resolved,
      );
    }
  });

  test('many stronger ones at once are one finding', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `p${at}`);
    const all = (algorithm: string, length: number, end: string) =>
      lockOf(
        Object.fromEntries(
          names.map((name, at) => [
            name,
            { integrity: `${algorithm}-${String.fromCharCode(65 + at).repeat(length)}${end}` },
          ]),
        ),
      );
    const findings = await found(
      'lockfile-integrity-mismatch',
      all('sha512', 86, '=='),
      all('sha1', 27, '='),
    );
    assert.deepEqual(findings, [
      'information: 12 packages, first p0 1.0.0, have sha512 hashes instead of the sha1 hashes in the last commit, so they cannot be compared. Run "dephygiene check --trust" to compare with the registry.',
    ]);
  });
});

test('a stronger hash that the registry itself gives is no finding', async () => {
  const source = `-- package.json --\n{ "name": "shop" }\n-- package-lock.json --\n`;
  const [now, before] = [SHA512, SHA1].map((integrity) => lockOf({ a: { integrity } }));
  for (const [integrity, count] of [
    [SHA512, 0],
    [OTHER512, 1],
  ] as const) {
    const registry = { a: { versions: { '1.0.0': { dist: { integrity } } } } };
    const workspace = await openOverCommit(source + now, registry, 'package-lock.json', before!);
    const found = workspace.findings().filter(({ cause }) => cause === 'hash');
    assert.equal(found.length, count, integrity);
    // The registry's own hash is the more serious cause at the same place.
    assert.deepEqual(
      found.map(({ rule, severity }) => `${rule} ${severity}`),
      count === 0 ? [] : ['lockfile-registry-mismatch error'],
    );
  }
});

describe('checksums of Yarn that the committed file had otherwise', () => {
  const HEX = ['a1', 'b2', 'c3'].map((byte) => byte.repeat(64));
  /** Returns a lockfile with these checksums, each with the cache key or without one. */
  const berry = (cacheKey: string, checksums: readonly (string | undefined)[]) =>
    `__metadata:\n  version: 8\n  cacheKey: ${cacheKey}\n\n${checksums
      .map(
        (checksum, at) =>
          `"p${at}@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "p${at}@npm:1.0.0"\n${
            checksum === undefined ? '' : `  checksum: ${checksum}\n`
          }  languageName: node\n  linkType: hard\n`,
      )
      .join('\n')}`;
  const classic = `# yarn lockfile v1\n\n\np0@^1.0.0:\n  version "1.0.0"\n  resolved "${TEST_REGISTRY}p0/-/p0-1.0.0.tgz#${'a'.repeat(40)}"\n`;
  const since = async (now: string, committed: string) => {
    const source = `-- package.json --\n{ "name": "shop" }\n-- yarn.lock --\n${now}`;
    const workspace = await openOverCommit(source, {}, 'yarn.lock', committed);
    return workspace
      .findings('lockfile-integrity-mismatch')
      .map(({ severity, message }) => `${severity}: ${message}`);
  };
  const another = (one: string) =>
    `warning: p0 1.0.0 has a Yarn checksum of cache ${one} in the last commit, so they cannot be compared. Run "yarn install --check-cache" to verify the download.`;

  test('with the key of the file now beside it are the same', async () =>
    assert.deepEqual(await since(berry('10', [`8/${HEX[0]}`, HEX[1]]), berry('8', [HEX[0]])), []));

  test('of another cache cannot be compared', async () => {
    assert.deepEqual(await since(berry('10', [HEX[1]]), berry('8', [HEX[0]])), [
      another('10 instead of the Yarn checksum of cache 8'),
    ]);
    const many = (key: string, hex: string) =>
      berry(
        key,
        Array.from({ length: 12 }, () => hex),
      );
    assert.deepEqual(await since(many('10', HEX[1]!), many('8', HEX[0]!)), [
      'warning: 12 packages, first p0 1.0.0, have Yarn checksums of cache 10 instead of the Yarn checksums of cache 8 in the last commit, so they cannot be compared. Run "yarn install --check-cache" to verify the downloads.',
    ]);
  });

  test('in place of a hash of Yarn 1 are no lost hash', async () =>
    assert.deepEqual(await since(berry('8', [HEX[0]]), classic), [another('8 instead of the sha1 hash')]));

  test('of the same cache are an error where they differ, whichever way the key is written', async () => {
    const error =
      'error: p0 1.0.0 has a different checksum here than in the last commit for the same version. Restore the entry from git and find out who changed it.';
    for (const now of [HEX[1]!, `8/${HEX[1]}`])
      assert.deepEqual(await since(berry('8', [now]), berry('8', [HEX[0]])), [error]);
    assert.deepEqual(await since(berry('10', [`8/${HEX[1]}`]), berry('8', [HEX[0]])), [error]);
  });
});

test('two hashes of one algorithm in one entry', async () => {
  const text = lockOf({ a: { integrity: `${SHA512} ${OTHER512}` }, b: { integrity: `${SHA1} ${SHA512}` } });
  assert.deepEqual(await found('lockfile-integrity-mismatch', text), [
    'error: a 1.0.0 has two sha512 hashes here, and package managers accept a download with either. Restore the entry from git and find out who changed it.',
  ]);
});

test('the hash of another package, with others or options beside it, or of another algorithm', async () => {
  const pairs: readonly (readonly [string, string])[] = [
    [SHA512, `${SHA512} ${SHA1}`],
    [SHA512, `${SHA512}?x`],
    [SHA256, SHA256],
    [SHA384, `${SHA384} ${SHA256}`],
  ];
  for (const [a, b] of pairs) {
    const text = lockOf({ a: { integrity: a }, b: { integrity: b } });
    assert.equal((await found('lockfile-entry-mismatch', text)).length, 2, `${a} ${b}`);
  }
  const others = lockOf({ a: { integrity: `${SHA512} ${SHA1}` }, b: { integrity: `${OTHER512} ${SHA1}` } });
  assert.deepEqual(await found('lockfile-entry-mismatch', others), []);
});

describe('a host that nothing names serves the whole file', () => {
  const on = (host: string) =>
    lockOf(
      Object.fromEntries(
        ['a', 'b'].map((name, at) => [
          name,
          {
            integrity: at === 0 ? SHA512 : OTHER512,
            resolved: `https://${host}/npm/${name}/-/${name}-1.0.0.tgz`,
          },
        ]),
      ),
    );
  const usual = lockOf({ a: { integrity: SHA512 }, b: { integrity: OTHER512 } });
  const rule = 'lockfile-foreign-source';

  test('is an error where the committed file had nothing of it', async () => {
    assert.deepEqual(await found(rule, on('mirror.example.test'), usual), [
      'error: mirror.example.test serves 2 of 2 packages here and none in the last commit, and no registry setting or "mirrors" names it. Restore the lockfile from git and find out who changed it.',
    ]);
  });

  const warning =
    'warning: mirror.example.test serves 2 of 2 packages here, but no registry setting or "mirrors" names it. Add it to "mirrors" if it is yours, else lock the packages again.';
  test('is a warning where it had', async () => {
    const before = on('mirror.example.test').replaceAll('1.0.0', '1.0.1');
    assert.deepEqual(await found(rule, on('mirror.example.test'), before), [warning]);
  });

  test('is a warning where nobody knows', async () =>
    assert.deepEqual(await found(rule, on('mirror.example.test')), [warning]));
});
