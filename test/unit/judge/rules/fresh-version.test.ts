import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { osv } from './osv.ts';
import { documentOf, lockOf, manifestOf, strippedOf } from './releases.ts';

const RULE = 'fresh-version';
const vite = documentOf({
  '7.0.0': { at: '2025-01-10' },
  '8.4.0': { at: '2026-09-01' },
  '8.4.1': { at: '2026-10-01' },
  '8.4.2': { at: '2026-11-24T07:00:00.000Z' },
});
const registry = { vite };

async function findings(source: string, documents: Readonly<Record<string, object | number>> = registry) {
  const workspace = await openWorkspace(source, { registry: documents });
  return workspace.findings(RULE).map(({ message }) => message);
}

describe('fresh-version', () => {
  test('judges the locked version, at the value and not once more in the lockfile', async () => {
    await expectMarks(
      `${manifestOf(`    "vite": "^8.4.0"
            ^^^^^^^^ fresh-version: vite 8.4.2 was published 5 h ago, and most bad releases are found within 3 days. Use 8.4.1 until then.`)}-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "vite": "^8.4.0" } },
    "node_modules/vite": {
      "version": "8.4.2"
    }
  }
}
`,
      { registry },
    );
    assert.deepEqual(
      await findings(manifestOf('    "vite": "^8.4.0"') + lockOf('vite', '^8.4.0', '8.4.1')),
      [],
    );
  });

  test('an exact version and the target of an alias', async () => {
    await expectMarks(
      manifestOf(`    "vite": "8.4.2",
            ^^^^^^^ fresh-version
    "old": "npm:vite@^8.4.1"
           ^^^^^^^^^^^^^^^^^ fresh-version`),
      { registry },
    );
  });

  test('the line of a catalog, once for all that use it', async () => {
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "pnpm@10.30.0", "dependencies": { "vite": "catalog:" } }
-- pnpm-workspace.yaml --
packages: ['a']
catalog:
  vite: ^8.4.0
        ^^^^^^ fresh-version
-- a/package.json --
{ "name": "a", "dependencies": { "vite": "catalog:" } }
`,
      { registry },
    );
  });

  const waits: readonly (readonly [string, string, string])[] = [
    ['npm', '-- .npmrc --\nmin-release-age=1\n', 'min-release-age in .npmrc sets a cooldown of 1 day'],
    ['npm', '-- .npmrc --\nbefore=2026-11-01\n', 'before in .npmrc takes nothing published after 1 Nov 2026'],
    [
      'pnpm@10.30.0',
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 720\n',
      'minimumReleaseAge in pnpm-workspace.yaml sets a cooldown of 12 hours',
    ],
    [
      'yarn@4.18.1',
      '-- .yarnrc.yml --\nnpmMinimalAgeGate: "7d"\n',
      'npmMinimalAgeGate in .yarnrc.yml sets a cooldown of 7 days',
    ],
    [
      'bun@1.4.5',
      '-- bunfig.toml --\n[install]\nminimumReleaseAge = 259200\n',
      'minimumReleaseAge in bunfig.toml sets a cooldown of 3 days',
    ],
    [
      'npm',
      '-- dependency-hygiene.json --\n{ "rules": { "fresh-version": ["warning", { "days": 5 }] } }\n',
      'dependency-hygiene.json sets a cooldown of 5 days',
    ],
  ];
  for (const [manager, file, words] of waits) {
    test(`${words}`, async () => {
      const name = manager.includes('@') ? `"packageManager": "${manager}", ` : '';
      const source = `-- package.json --\n{ ${name}"dependencies": { "vite": "8.4.2" } }\n${file}`;
      const workspace = await openWorkspace(source, { registry });
      const [finding] = workspace.findings(RULE);
      assert.match(finding?.message ?? '', new RegExp(` ${words.replaceAll('.', '\\.')}\\.`));
      const [related] = finding?.related ?? [];
      const text = workspace.session.snapshot().textOf(related!.uri)!;
      assert.match(text.slice(related!.span.start, related!.span.end), /before|in|npm|5/i);
    });
  }

  const exempt: readonly (readonly [string, string])[] = [
    [
      'npm@11.21.0',
      '-- .npmrc --\nmin-release-age=3\nmin-release-age-exclude[]=@acme/*\nmin-release-age-exclude[]=vit?\n',
    ],
    [
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude:\n  - vite@8.4.1 || 8.4.2\n',
    ],
    [
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude: ["v*e"]\n',
    ],
    [
      'yarn@4.18.1',
      '-- .yarnrc.yml --\nnpmMinimalAgeGate: 4320\nnpmPreapprovedPackages:\n  - "vite@8.4.2"\n',
    ],
    [
      'bun@1.4.5',
      '-- bunfig.toml --\n[install]\nminimumReleaseAge = 259200\nminimumReleaseAgeExcludes = ["vite"]\n',
    ],
  ];
  for (const [manager, file] of exempt) {
    const source = (text: string) =>
      `-- package.json --\n{ "packageManager": "${manager}", "dependencies": { "vite": "8.4.2" } }\n${text}`;
    test(`what ${manager} lets through: ${file.split('\n').at(-2)}`, async () => {
      assert.deepEqual(await findings(source(file)), []);
      assert.equal((await findings(source(file.replaceAll(/vit[e?]|v\*e/g, 'vue')))).length, 1);
    });
  }

  test('a setting of 0 turns it off, and what newer managers do by themselves counts', async () => {
    const of = (manager: string, file = '') =>
      findings(
        `-- package.json --\n{ "packageManager": "${manager}", "dependencies": { "vite": "8.4.2" } }\n${file}`,
      );
    assert.deepEqual(await of('yarn@4.18.1', '-- .yarnrc.yml --\nnpmMinimalAgeGate: "0"\n'), []);
    assert.match((await of('yarn@4.18.1'))[0] ?? '', /and Yarn has a default cooldown of 1 day\./);
    assert.match((await of('pnpm@11.2.0'))[0] ?? '', /and pnpm has a default cooldown of 1 day\./);
    assert.match((await of('pnpm@10.2.0'))[0] ?? '', /within 3 days\./);
  });

  test('of a range without a lockfile, what the package manager would choose', async () => {
    assert.match(
      (await findings(manifestOf('    "vite": "^8.4.0"')))[0] ?? '',
      /^vite 8\.4\.2, which "\^8\.4\.0" takes now, /,
    );
    const waiting = '-- .npmrc --\nmin-release-age=3\n';
    assert.deepEqual(await findings(manifestOf('    "vite": "^8.4.0"') + waiting), []);
  });

  test('is silent where the time is not known, lies ahead, or only says when a mirror copied', async () => {
    const source = manifestOf('    "vite": "8.4.2"');
    const day = '2026-11-24';
    const silent = [
      strippedOf(vite, ['time']),
      { ...vite, time: { '8.4.2': '2027-01-01T00:00:00Z' } },
      { ...vite, time: { '8.4.2': 'today' } },
      {
        ...vite,
        time: Object.fromEntries(
          ['7.0.0', '8.4.0', '8.4.1', '8.4.2'].map((version) => [version, `${day}T09:00:00Z`]),
        ),
      },
    ];
    for (const document of silent) {
      const workspace = await openWorkspace(source, { registry: { vite: document } });
      assert.deepEqual(workspace.findings(RULE), []);
      const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
      const own = notChecked.filter(({ rule }) => rule === RULE);
      assert.deepEqual(own, [{ rule: RULE, reason: 'not-provided', count: 1, packages: ['vite'] }]);
    }
  });

  test('is silent for what is three days old, for private scopes and what comes from elsewhere', async () => {
    const old = documentOf({ '1.0.0': { at: '2024-01-01' }, '1.1.0': { at: '2026-11-21T12:00:00.000Z' } });
    assert.deepEqual(await findings(manifestOf('    "vite": "1.1.0"'), { vite: old }), []);
    const policy = '-- dependency-hygiene.json --\n{ "privateScopes": ["@acme"] }\n';
    const npmrc = '-- .npmrc --\n@acme:registry=https://npm.acme.example.test/\n';
    const own = manifestOf('    "@acme/vite": "8.4.2",\n    "vite": "file:../vite"') + policy + npmrc;
    assert.deepEqual(await findings(own, { '@acme/vite': vite, vite }), []);
  });

  test('says that it did not look where the registry cannot be asked', async () => {
    const workspace = await openWorkspace(manifestOf('    "vite": "8.4.2"'), {
      settings: { trusted: true, online: false },
    });
    const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
    const own = notChecked.filter(({ rule }) => rule === RULE);
    assert.deepEqual(own, [{ rule: RULE, reason: 'offline', count: 1, packages: ['vite'] }]);
    assert.deepEqual(await findings(manifestOf('    "vite": "8.4.2"'), { vite: 500 }), []);
    assert.deepEqual(await findings(manifestOf('    "vite": "8.4.2"'), {}), []);
  });

  test('pins the newest version that is old enough, and keeps everything else', async () => {
    const options = { registry };
    const after = await fixOf(
      manifestOf('      "vite" : "npm:vite@^8.4.0", // old') + lockOf('vite', '^8.4.0', '8.4.2'),
      RULE,
      /^Replace with "vite": "npm:vite@8\.4\.1"$/,
      options,
    );
    assert.ok(after.startsWith(manifestOf('      "vite" : "npm:vite@8.4.1", // old')));
    const catalog = `-- package.json --
{ "name": "shop", "packageManager": "pnpm@10.30.0", "dependencies": { "vite": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  vite: '^8.4.0' # kept
`;
    assert.match(
      await fixOf(catalog, RULE, /^Replace with "vite": "8\.4\.1"$/, options),
      /\n {2}vite: '8\.4\.1' # kept\n/,
    );
  });

  test('offers no version that has not waited either', async () => {
    const document = documentOf({ '1.0.0': { at: '2026-11-22' }, '1.0.1': { at: '2026-11-23' } });
    const workspace = await openWorkspace(manifestOf('    "vite": "1.0.1"'), {
      registry: { vite: document },
    });
    const [finding] = workspace.findings(RULE);
    assert.match(finding?.message ?? '', /. Wait until the cooldown ends\.$/);
    assert.deepEqual(
      workspace.snapshot.fixesOf(finding!).map(({ title }) => title.slice(0, 6)),
      ['Ignore'],
    );
  });

  test('a manifest cut anywhere gives no finding outside its text', async () => {
    const whole = manifestOf('    "vite": "^8.4.0",\n    "old": "npm:vite@8"').slice(
      '-- package.json --\n'.length,
    );
    for (let length = 0; length < whole.length; length += 4) {
      const workspace = await openWorkspace(`-- package.json --\n${whole.slice(0, length)}`, { registry });
      const size = workspace.text('package.json')!.length;
      for (const { span } of workspace.findings()) assert.ok(span.start <= span.end && span.end <= size);
    }
  });

  test('a version that mends what every older one has is information; an older one without it is taken instead', async () => {
    const said = async (advisories: readonly object[]) => {
      const workspace = await openWorkspace(manifestOf('    "vite": "^8.4.0"'), { registry, advisories });
      return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
    };
    const start =
      'vite 8.4.2, which "^8.4.0" takes now, was published 5 h ago, and most bad releases are found within 3 days';
    assert.deepEqual(await said([osv('GHSA-2222-2222-2222', 'vite', '8.0.0 8.4.2')]), [
      `information: ${start}. It fixes GHSA-2222-2222-2222, which affects 8.4.1, so review its changes and update.`,
    ]);
    assert.deepEqual(await said([osv('GHSA-2222-2222-2222', 'vite', '8.4.1 8.4.2')]), [
      `warning: ${start}. Use 8.4.0 until then.`,
    ]);
    // A vulnerability that the new version has as well is no reason to use it.
    assert.deepEqual(await said([osv('GHSA-2222-2222-2222', 'vite', '0')]), [
      `warning: ${start}. Use 8.4.1 until then.`,
    ]);
  });
});
