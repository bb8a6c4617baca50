import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BadVersions, claimOfRow } from '../../../../server/src/core/know/incident/bad-versions.ts';
import { findBadEntries } from '../../../../server/src/core/know/incident/find-bad-entries.ts';
import { isEnded, partAlone } from '../../../../server/src/node/incident/entry-alone.ts';
import { lockfileFrom } from '../../../../server/src/node/incident/judge-lockfile.ts';

const CLAIM = claimOfRow({
  ...{ name: 'evil', versions: ['6.6.6'], ids: [] },
  ...{ reported: undefined, published: undefined, removed: undefined },
});
const BAD: BadVersions = { label: '', claims: new Map([['evil', [CLAIM]]]), unread: [] };

const NPM_3 = 'package-lock.json lockfileVersion": 3';
const NPM_1 = 'package-lock.json lockfileVersion": 1';
const PNPM_6 = "pnpm-lock.yaml lockfileVersion: '6.0";
const PNPM_9 = "pnpm-lock.yaml lockfileVersion: '9.0";
const BERRY = 'yarn.lock __metadata:\n  version: 8';
const CLASSIC = 'yarn.lock yarn lockfile v1';
const BUN = 'bun.lock lockfileVersion": 1';

const URL = 'https://registry.example.test/evil/-/evil-6.6.6.tgz';

describe('an entry alone', () => {
  for (const [format, entry] of [
    [NPM_3, `"node_modules/a/node_modules/evil": {"version": "6.6.6", "dependencies": {"b": "^1.0.0"}}`],
    [NPM_3, `"node_modules/alias": {"version": "6.6.6", "resolved": "${URL}"}`],
    [NPM_1, `"evil": {"version": "6.6.6", "requires": {"b": "^1.0.0"}}`],
    [PNPM_6, '  /evil@6.6.6:\n    resolution: {integrity: sha512-x}\n    dependencies:\n      b: 1.0.0\n\n'],
    [PNPM_9, "  'evil@6.6.6':\n    resolution: {integrity: sha512-x}\n\n"],
    [
      BERRY,
      '"evil@npm:^6":\n  version: 6.6.6\n  resolution: "evil@npm:6.6.6"\n  dependencies:\n    b: "npm:^1"\n  languageName: node\n  linkType: hard\n\n',
    ],
    [CLASSIC, `evil@^6:\n  version "6.6.6"\n  resolved "${URL}#x"\n  dependencies:\n    b "^1.0.0"\n\n`],
    [BUN, '"evil": ["evil@6.6.6", "", { "dependencies": { "b": "^1" } }, "sha512-x"]'],
  ] as const)
    test(`says what it installs: ${format}`, () => {
      const alone = partAlone(format, entry);
      assert.equal(alone?.type, 'entry');
      const text = alone?.type === 'entry' ? alone.lockfile : '';
      const lockfile = lockfileFrom(Buffer.from(text), format.split(' ')[0]!)!;
      assert.ok(
        lockfile.problems.every(({ kind }) => kind === 'missing'),
        lockfile.reason,
      );
      const { hits } = findBadEntries(BAD, {
        status: 'checked',
        reason: undefined,
        entries: lockfile.entries,
      });
      assert.deepEqual(hits, [{ name: 'evil', version: '6.6.6' }]);
    });

  test('is not taken for one where more decides what it is', () => {
    for (const [format, part] of [
      [NPM_3, '"dependencies": {"evil": "6.6.6"}'],
      [NPM_3, '"packages/evil": {"version": "6.6.6"}'],
      [NPM_3, '{"version": "6.6.6"}'],
      [NPM_1, '"requires": {"evil": "6.6.6"}'],
      [BUN, '"dependencies": {"evil": "6.6.6"}'],
      [PNPM_9, '  evil@6.6.6:\n    dependencies:\n      b: 1.0.0\n'],
      [PNPM_9, '  some/path:\n    resolution: {tarball: x}\n    name: evil\n    version: 6.6.6\n'],
      [PNPM_9, `    resolution: {tarball: ${URL}}\n`],
      [BERRY, '  resolution: "evil@npm:6.6.6"\n'],
      [CLASSIC, `  resolved "${URL}"\n`],
      ['package-lock.json', '"node_modules/evil": {"version": "6.6.6"}'],
    ] as const)
      assert.equal(partAlone(format, part), undefined, part);
  });

  test('is none in a line that says what a package depends on', () => {
    for (const [format, part] of [
      [PNPM_6, '      evil: 6.6.6\n'],
      [PNPM_9, '      evil:\n        specifier: ^6.0.0\n        version: 6.6.6(b@1.0.0)\n'],
      [BERRY, '    evil: "npm:6.6.6"\n'],
      [CLASSIC, '    evil "6.6.6"\n'],
    ] as const)
      assert.deepEqual(partAlone(format, part), { type: 'dependency' }, part);
  });
});

test('a text that was cut is told from one that ends as tools end it', () => {
  for (const [text, expected] of [
    ['{\n  "packages": {}\n}\n', true],
    ['{\n  "packages": {\n    "a": 1\n', false],
    ['a@1:\n  version "1.0.0"\n', true],
    ['a@1:\n  version "1.0', false],
  ] as const)
    assert.equal(isEnded(Buffer.from(text)), expected, text);
});
