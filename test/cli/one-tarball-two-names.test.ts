import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson, MIRROR, makeProject } from './run-cli.ts';

const RULE = 'lockfile-entry-mismatch';
const URL = 'https://registry.example.test/minimist/-/minimist-1.2.8.tgz';
const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const SHA1 = 'c1a464e7693302e082a075cee0c057741ac4772c';

const found = (dependencies: Readonly<Record<string, string>>, file: string, lock: string | object) =>
  checkJson(
    makeProject({
      'package.json': { name: 'shop', dependencies },
      [file]: lock,
      'dependency-hygiene.json': MIRROR,
    }),
  ).findings.filter(({ rule }) => rule === RULE);

test('one tarball under its name and by its URL is no contradiction in npm 6', () => {
  const lock = {
    lockfileVersion: 1,
    requires: true,
    dependencies: {
      minimist: { version: '1.2.8', resolved: URL, integrity: INTEGRITY },
      'minimist-old': { version: URL, integrity: INTEGRITY },
    },
  };
  const both = { minimist: '^1.2.0', 'minimist-old': URL };
  assert.deepEqual(found(both, 'package-lock.json', lock), []);
  // Nothing requires the URL: the entry was changed.
  assert.notEqual(
    found({ minimist: '^1.2.0', 'minimist-old': '^1.0.0' }, 'package-lock.json', lock).length,
    0,
  );
});

const classic = (entries: string) => `# yarn lockfile v1\n\n\n${entries}`;

test('and in Yarn 1', () => {
  const lock = classic(`minimist@^1.2.0:
  version "1.2.8"
  resolved "${URL}#${SHA1}"
  integrity ${INTEGRITY}

"minimist-old@${URL}":
  version "1.2.8"
  resolved "${URL}#${SHA1}"
  integrity ${INTEGRITY}
`);
  assert.deepEqual(found({ minimist: '^1.2.0', 'minimist-old': URL }, 'yarn.lock', lock), []);
  const changed = lock.replace(`"minimist-old@${URL}"`, 'minimist-old@^1.0.0');
  assert.notEqual(found({ minimist: '^1.2.0', 'minimist-old': '^1.0.0' }, 'yarn.lock', changed).length, 0);
});

test('entries that Yarn up to 1.22.19 merged are said to be that', () => {
  const dependencies = { 'minimist-cjs': 'npm:minimist@^1.0.0', minimist: '^2.0.0' };
  const merged = (version: string) =>
    classic(`"minimist-cjs@npm:minimist@^1.0.0", minimist@^2.0.0:
  version "${version}"
  resolved "https://registry.example.test/minimist/-/minimist-${version}.tgz#${SHA1}"
  integrity ${INTEGRITY}
`);
  const [finding] = found(dependencies, 'yarn.lock', merged('1.2.8'));
  assert.equal(finding?.severity, 'warning');
  assert.match(
    finding?.message ?? '',
    /not in "\^2\.0\.0": Yarn up to 1\.22\.19 merges entries of aliases so/,
  );
  // A version that no part of the key admits is not Yarn's doing.
  assert.equal(found(dependencies, 'yarn.lock', merged('0.0.8'))[0]?.severity, 'error');
});
