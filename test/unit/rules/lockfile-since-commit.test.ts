import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, TEST_REGISTRY } from '../../workspace.ts';
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
        'error: a 1.0.0 has lost the sha512 hash that this file had when it was last committed, so its download is not verified; find out who changed it.',
      ],
    ],
    [
      'of no known kind now',
      SHA512,
      `sha999-${'A'.repeat(86)}==`,
      [
        'error: a 1.0.0 has lost the sha512 hash that this file had when it was last committed, so its download is not verified; find out who changed it.',
      ],
    ],
    ...[SHA384, SHA256, SHA1, MD5].map((weaker) => {
      const algorithm = weaker.slice(0, weaker.indexOf('-'));
      const message = `error: a 1.0.0 has only a ${algorithm} hash here, but had a sha512 hash when this file was last committed; find out who changed it.`;
      return [algorithm, SHA512, weaker, [message]] as const;
    }),
    [
      'one of several, the weaker',
      `${SHA512} ${SHA1}`,
      SHA1,
      [
        'error: a 1.0.0 has only a sha1 hash here, but had a sha512 hash when this file was last committed; find out who changed it.',
      ],
    ],
    [
      'a stronger one, which nothing compares',
      SHA1,
      SHA512,
      [
        'warning: a 1.0.0 has a sha512 hash in place of the sha1 hash that was last committed, which cannot be compared; check it with the registry.',
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
      // What the committed file itself is made of does not matter.
      const changed = committed === text ? text.replace('"name": "shop"', '"name":  "shop"') : text;
      assert.deepEqual(await found('lockfile-integrity-mismatch', changed, committed), expected);
    });
  }

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
      'warning: 12 packages, first p0 1.0.0, have sha512 hashes in place of the sha1 hashes that were last committed, which cannot be compared; check them with the registry.',
    ]);
  });
});

test('two hashes of one algorithm in one entry', async () => {
  const text = lockOf({ a: { integrity: `${SHA512} ${OTHER512}` }, b: { integrity: `${SHA1} ${SHA512}` } });
  assert.deepEqual(await found('lockfile-integrity-mismatch', text), [
    'error: a 1.0.0 has two sha512 hashes here, and package managers accept a download with either; find out who changed it.',
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
      'error: mirror.example.test serves 2 of 2 packages here and none when this file was last committed, and no registry setting or "mirrors" names it; find out who changed it.',
    ]);
  });

  const warning =
    'warning: mirror.example.test serves 2 of 2 packages here, but no registry setting or "mirrors" names it; name it if it is your mirror, else lock the packages again.';
  test('is a warning where it had', async () => {
    const before = on('mirror.example.test').replaceAll('1.0.0', '1.0.1');
    assert.deepEqual(await found(rule, on('mirror.example.test'), before), [warning]);
  });

  test('is a warning where nobody knows', async () =>
    assert.deepEqual(await found(rule, on('mirror.example.test')), [warning]));
});
