import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NO_ADVISORIES } from '../../../../server/src/core/know/advisory/advisories.ts';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { hoverPlainText } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { hover } from '../../../../server/src/core/show/features/hover/hover.ts';
import { hoverTarget } from '../../../../server/src/core/show/features/hover/target.ts';
import { knownOf, NOW } from './hover-harness.ts';
import { MANAGERS, type ManagerFixture, openFixture } from './manager-fixtures.ts';

const OFFLINE: Fact<Packument> = { state: 'unavailable', reason: 'offline', detail: 'offline' };

/** The token under the cursor, the first line of the card and its line about scripts. */
type Reported = readonly [token: string, header: string, scripts: string | undefined];

interface Places {
  /** `[needle, after]` of minimist's entry at its key, its version and its hash or URL. */
  readonly entry: readonly (readonly [needle: string, after: string, token: string])[];
  /** The dependency of `once` on wrappy. */
  readonly edge: readonly [needle: string, after: string, token: string, declares: string];
  /** The member's dependency on tslib; undefined if the file does not contain it. */
  readonly importer: readonly [needle: string, after: string, token: string, declares: string] | undefined;
  /** Undefined if the lockfile does not record them. */
  readonly scripts: string | undefined;
}

const PLACES: Readonly<Record<ManagerFixture, Places>> = {
  npm: {
    entry: [
      ['"node_modules/minimist"', '', '"node_modules/minimist"'],
      ['"1.2.8"', '', '"1.2.8"'],
      ['"sha512-l4Sp', '"node_modules/minimist"', '"sha512-l4Sp…'],
    ],
    edge: ['"wrappy": "1"', '', '"wrappy"', ' · declares 1'],
    importer: ['"2.6.3"', '"packages/app": {', '"2.6.3"', ' · declares 2.6.3 · development'],
    scripts: 'none run on install',
  },
  'yarn-classic': {
    entry: [
      ['minimist@^1.2.8', '', 'minimist@^1.2.8'],
      ['"1.2.8"', '', '"1.2.8"'],
      ['sha512-l4Sp', 'minimist@^1.2.8', 'sha512-l4Sp…'],
    ],
    edge: ['wrappy "1"', '', 'wrappy', ' · declares 1'],
    importer: undefined,
    scripts: undefined,
  },
  'yarn-berry': {
    entry: [
      ['minimist@npm:^1.2.8', '', 'minimist@npm:^1.2.8'],
      ['1.2.8\n', '', '1.2.8'],
      ['minimist@npm:1.2.8::', '', '"minimist@npm:1.2.8::…'],
      ['10c0/19d3', '', '10c0/19d3…'],
    ],
    edge: ['wrappy: "npm:1"', '', 'wrappy', ' · declares npm:1'],
    importer: ['tslib: "npm:2.6.3"', '', 'tslib', ' · declares npm:2.6.3'],
    scripts: undefined,
  },
  pnpm: {
    entry: [
      ['minimist@1.2.8:', 'packages:\n', 'minimist@1.2.8'],
      ['sha512-l4Sp', 'minimist@1.2.8:\n', 'sha512-l4Sp…'],
      ['minimist@1.2.8', 'snapshots:', 'minimist@1.2.8'],
    ],
    edge: ['1.0.2', 'once@1.4.0:\n    dependencies', '1.0.2', ''],
    importer: ['version: 2.6.3', 'packages/app', '2.6.3', ' · declares 2.6.3 · development'],
    scripts: undefined,
  },
  bun: {
    entry: [
      ['"minimist": [', '', '"minimist"'],
      ['minimist@1.2.8', '', '"minimist@1.2.8"'],
      ['1.2.8"', '["minimist@', '1.2.8'],
      ['sha512-l4Sp', '"minimist": [', '"sha512-l4Sp…'],
    ],
    edge: ['"wrappy": "1"', '', '"wrappy"', ' · declares 1'],
    importer: ['"2.6.3"', '"packages/app"', '"2.6.3"', ' · declares 2.6.3 · development'],
    scripts: undefined,
  },
};

for (const manager of Object.keys(MANAGERS) as ManagerFixture[]) {
  describe(`the hover card inside the lockfile of ${manager}`, async () => {
    const { owner, file, lockfile, offset } = await openFixture(manager);
    const model = file(lockfile);

    function cardAt(needle: string, after: string): Reported {
      const from = offset(lockfile, needle, after);
      const at = needle.startsWith('version: ') ? from + 'version: '.length : from;
      const target = hoverTarget(owner.project, model, at);
      assert.ok(target, `a card at ${needle}`);
      const { span, card } = hover(target, {
        project: owner.project,
        known: knownOf(OFFLINE),
        advisories: NO_ADVISORIES,
        allChecked: true,
        findings: [],
        now: NOW,
      });
      const lines = hoverPlainText(card).split('\n');
      const token = model.text.slice(span.start, span.end);
      const scripts = /^Scripts +(.*)$/m.exec(lines.join('\n'))?.[1];
      assert.equal(scripts === undefined, /install scripts/.test(card.gaps ?? ''));
      return [token, lines[1]!, scripts];
    }

    const places = PLACES[manager];

    test('on an entry', () => {
      for (const [needle, after, token] of places.entry) {
        const [found, header, scripts] = cardAt(needle, after);
        const shown = token.endsWith('…') ? `${found.slice(0, token.length - 1)}…` : found;
        assert.equal(shown, token);
        assert.match(header, /^minimist 1\.2\.8 locked/);
        assert.equal(scripts, places.scripts);
      }
    });

    test('on what an entry depends on', () => {
      const [needle, after, token, declares] = places.edge;
      const [found, header] = cardAt(needle, after);
      assert.equal(found, token);
      assert.equal(header, `wrappy 1.0.2 locked${declares}`);
    });

    test('on what a member depends on', () => {
      if (places.importer === undefined) {
        assert.equal((model as { importers: ReadonlyMap<string, unknown> }).importers.size, 0);
        return;
      }
      const [needle, after, token, declares] = places.importer;
      const [found, header] = cardAt(needle, after);
      assert.equal(found, token);
      assert.equal(header, `tslib 2.6.3 locked${declares}`);
    });

    test('not elsewhere', () => {
      for (const needle of ['lockfileVersion', 'linkType', 'license', '# yarn', 'settings']) {
        const at = model.text.indexOf(needle);
        if (at !== -1) assert.equal(hoverTarget(owner.project, model, at + 1), undefined, needle);
      }
    });
  });
}

test('the hover card on a line of a catalog tells what its users get', async () => {
  for (const [manager, path] of [
    ['pnpm', 'pnpm-workspace.yaml'],
    ['yarn-berry', '.yarnrc.yml'],
    ['bun', 'package.json'],
  ] as const) {
    const { owner, file, offset } = await openFixture(manager);
    const found = hoverTarget(owner.project, file(path), offset(path, 'once', 'catalog'));
    assert.ok(found, manager);
    const { card } = hover(found, {
      project: owner.project,
      known: knownOf(OFFLINE),
      findings: [],
      advisories: NO_ADVISORIES,
      allChecked: true,
      now: NOW,
    });
    assert.equal(hoverPlainText(card).split('\n')[1], 'once 1.4.0 locked · declares ^1.4.0 · of the catalog');
  }
});
