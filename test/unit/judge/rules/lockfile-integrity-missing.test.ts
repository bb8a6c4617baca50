import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-integrity-missing';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const GOOD = `"node_modules/good": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/good/-/good-1.0.0.tgz",
      "integrity": "${HASH}"
    }`;

function lockOf(...entries: readonly string[]): string {
  return `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop" },
    ${entries.join(',\n    ')}
  }
}
`;
}

/** Returns an entry with these members, and a mark below its key. */
function entry(name: string, members: Record<string, unknown>, mark?: string): string {
  const printed = Object.entries(members).map(([key, value]) => `      "${key}": ${JSON.stringify(value)}`);
  const below = mark === undefined ? '' : `    ${'^'.repeat(name.length + 15)} ${mark}\n`;
  return `"node_modules/${name}": {\n${below}${printed.join(',\n')}\n    }`;
}

const resolved = (name: string) => `https://registry.public.example.test/${name}/-/${name}-1.0.0.tgz`;

test('no hash, a weak one, and one of no known kind', () =>
  expectMarks(
    lockOf(
      GOOD,
      entry(
        'none',
        { version: '1.0.0', resolved: resolved('none') },
        `${RULE}: none 1.0.0 has no integrity hash, so its download is not verified. Restore the entry from git or, if it never had one, remove it and lock it again.`,
      ),
      entry('empty', { version: '1.0.0', resolved: resolved('empty'), integrity: '' }, RULE),
      entry('null', { version: '1.0.0', resolved: resolved('null'), integrity: null }, RULE),
      entry('url', { version: '1.0.0', resolved: 'https://registry.public.example.test/url.tgz' }, RULE),
      entry(
        'weak',
        { version: '1.0.0', resolved: resolved('weak'), integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
        `${RULE}: weak 1.0.0 is verified by sha1 only, which can be forged. Restore the entry from git or, if it never had a stronger one, remove it and lock it again for a sha512 hash.`,
      ),
      entry('md', { version: '1.0.0', resolved: resolved('md'), integrity: 'md5-AA== sha1-AA==' }, RULE),
      entry(
        'odd',
        { version: '1.0.0', resolved: resolved('odd'), integrity: 'none' },
        `${RULE}: odd 1.0.0 has an integrity hash of an unknown kind, so its download is not verified. Restore the entry from git or, if it never had another, remove it and lock it again.`,
      ),
    ),
  ));

test('silent where there is a good hash or none is due', () =>
  expectMarks(
    lockOf(
      GOOD,
      entry('both', {
        version: '1.0.0',
        resolved: resolved('both'),
        integrity: 'sha1-AA== sha512-AA==',
        bundleDependencies: ['bundled'],
      }),
      entry('sha384', { version: '1.0.0', resolved: resolved('sha384'), integrity: 'sha384-AA==' }),
      entry('both/node_modules/bundled', { version: '1.0.0', inBundle: true }),
      entry('git', {
        version: '1.0.0',
        resolved: 'git+ssh://git@host.example.test/o/g.git#0123456789012345678901234567890123456789',
      }),
      entry('file', { version: '1.0.0', resolved: 'file:f.tgz' }),
      entry('folder', { version: '1.0.0', resolved: 'file:../folder' }),
      entry('link', { resolved: 'packages/link', link: true }),
      entry('ghost', { optional: true, peer: true }),
    ),
    { rules: [RULE] },
  ));

test('without a hash from a foreign host it is an error', async () => {
  const workspace = await openWorkspace(
    lockOf(GOOD, entry('a', { version: '1.0.0', resolved: 'https://evil.example.test/a/-/a-1.0.0.tgz' })),
  );
  assert.deepEqual(
    workspace.findings(RULE).map(({ severity, message }) => [severity, message]),
    [
      [
        'error',
        'a 1.0.0 has no integrity hash and is fetched from evil.example.test, which can serve any file. Restore the entry from git or, if it never had one, remove it and lock it again.',
      ],
    ],
  );
});

test('a whole file without hashes is one finding at its top', async () => {
  const workspace = await openWorkspace(
    lockOf(...['a', 'b', 'c'].map((name) => entry(name, { version: '1.0.0', resolved: resolved(name) }))),
  );
  const findings = workspace.findings(RULE);
  assert.equal(findings.length, 1);
  assert.equal(
    findings[0]!.message,
    'None of the 3 registry packages in this file has an integrity hash, so no download is verified. Restore the file from git or, if it never had them, remove it and run: npm install --package-lock-only --ignore-scripts',
  );
  const { start, end } = findings[0]!.span;
  assert.equal(workspace.text('package-lock.json')!.slice(start, end), '3');
});

test('and at its first line where it names no format', async () => {
  const text = `-- package.json --
{}
-- npm-shrinkwrap.json --
{
  "name": "shop",
  "dependencies": { "a": { "version": "1.0.0", "resolved": "https://registry.example.test/a/-/a-1.0.0.tgz" }, "b": { "version": "1.0.0", "resolved": "https://registry.example.test/b/-/b-1.0.0.tgz" } }
}
`;
  const [finding] = (await openWorkspace(text)).findings(RULE);
  assert.deepEqual(finding?.span, { start: 0, end: 1 });
});

test('the only package of a file without its hash', () =>
  expectMarks(lockOf(entry('a', { version: '1.0.0', resolved: resolved('a') }, RULE))));

test('many weak hashes are one finding of the file, beside what has no hash at all', async () => {
  const weak = Array.from({ length: 11 }, (_, at) =>
    entry(`weak${at}`, { version: '1.0.0', resolved: resolved(`weak${at}`), integrity: 'sha1-AA==' }),
  );
  const none = entry('none', { version: '1.0.0', resolved: resolved('none') });
  const workspace = await openWorkspace(lockOf(GOOD, ...weak, none));
  const [many, single, ...more] = workspace.findings(RULE);
  assert.equal(
    many?.message,
    '11 of the 13 registry packages in this file are verified by SHA-1 or MD5 only, which can be forged. Remove their entries and run: npm install --package-lock-only --ignore-scripts',
  );
  const text = workspace.text('package-lock.json')!;
  assert.equal(text.slice(many?.span.start, many?.span.end), '3');
  assert.equal(many?.related.length, 11);
  assert.equal(single?.package, 'none');
  assert.deepEqual(more, []);
  assert.equal((await openWorkspace(lockOf(GOOD, ...weak.slice(1)))).findings(RULE).length, 10);
});
