import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSettingsFile } from '../../../../../server/src/core/read/config/setting-lines.ts';
import { hoverPlainText } from '../../../../../server/src/core/show/features/hover/card-text.ts';
import { settingCompletions } from '../../../../../server/src/core/show/features/settings/setting-completion.ts';
import { settingHover } from '../../../../../server/src/core/show/features/settings/setting-hover.ts';
import { settingPlace } from '../../../../../server/src/core/show/features/settings/setting-place.ts';
import { openWorkspace, parseWorkspace } from '../../../../workspace.ts';

const NOW = Date.parse('2026-11-24T14:05:00Z');

/** Opens a file of settings with the cursor at `|`. */
async function at(manager: string, path: string, marked: string) {
  const offset = marked.indexOf('|');
  const source = `-- package.json --\n{ "packageManager": "${manager}" }\n-- ${path} --\n${marked.replace('|', '')}\n`;
  const workspace = await openWorkspace(source);
  const { project, files } = workspace.snapshot.projects[0]!;
  const file = files.get(workspace.uri(path))!;
  assert.ok(isSettingsFile(file));
  return { file, project, offset, text: parseWorkspace(source).files.get(path)! };
}

/** Returns the offered items by label, and the text after the choice of one. */
async function offered(manager: string, path: string, marked: string) {
  const { file, project, offset, text } = await at(manager, path, marked);
  const place = settingPlace(file, offset);
  if (place === undefined) return undefined;
  const { items } = settingCompletions(place, file, project);
  return {
    labels: items.map(({ label }) => label),
    details: items.map(({ detail }) => detail),
    choose: (label: string) => {
      const { value } = items.find((item) => item.label === label)!;
      return (text.slice(0, place.token.start) + place.write(value) + text.slice(place.token.end)).replace(
        /\n$/,
        '',
      );
    },
  };
}

async function hovered(manager: string, path: string, marked: string): Promise<string | undefined> {
  const { file, project, offset } = await at(manager, path, marked);
  const found = settingHover(file, offset, project, NOW);
  return found === undefined ? undefined : hoverPlainText(found.card);
}

describe('completion of settings', () => {
  test('keys, with what follows them', async () => {
    for (const [manager, path, marked, label, expected] of [
      ['npm@11.19.1', '.npmrc', 'fund=false\nmin-rel|', 'min-release-age', 'fund=false\nmin-release-age='],
      ['npm@11.19.1', '.npmrc', 'ignore|=true', 'ignore-scripts', 'ignore-scripts=true'],
      ['pnpm@10.20.0', '.npmrc', 'shame|', 'shamefully-hoist', 'shamefully-hoist='],
      [
        'pnpm@11.4.0',
        'pnpm-workspace.yaml',
        'packages: []\ntrustP|',
        'trustPolicy',
        'packages: []\ntrustPolicy: ',
      ],
      ['yarn@4.18.1', '.yarnrc.yml', 'npmMin|', 'npmMinimalAgeGate', 'npmMinimalAgeGate: '],
      [
        'bun@1.4.5',
        'bunfig.toml',
        '[install]\nexact = true\nminimumReleaseAgeE|',
        'minimumReleaseAgeExcludes',
        '[install]\nexact = true\nminimumReleaseAgeExcludes = ',
      ],
    ] as const)
      assert.equal((await offered(manager, path, marked))?.choose(label), expected);
  });

  test('only keys that this version reads, and that are not there yet', async () => {
    const labels = async (manager: string, path: string, marked: string) =>
      (await offered(manager, path, marked))?.labels ?? [];
    assert.ok(!(await labels('npm@11.9.0', '.npmrc', 'min-|')).includes('min-release-age'));
    assert.ok(!(await labels('npm@11.19.1', '.npmrc', 'fund=false\nfu|')).includes('fund'));
    assert.ok(!(await labels('pnpm@10.20.0', 'pnpm-workspace.yaml', 'tru|')).includes('trustPolicy'));
    assert.deepEqual(await labels('pnpm@11.4.0', 'pnpm-workspace.yaml', 'onlyBuilt|'), []);
    assert.deepEqual(await labels('pnpm@10.20.0', 'pnpm-workspace.yaml', 'onlyBuilt|'), [
      'onlyBuiltDependencies',
      'onlyBuiltDependenciesFile',
    ]);
    assert.deepEqual(await labels('pnpm@11.4.0', '.npmrc', 'reg|'), ['registry']);
  });

  test('values: choices with the default, and lengths of a cooldown in the unit', async () => {
    const values = async (manager: string, path: string, marked: string) => {
      const found = await offered(manager, path, marked);
      return found?.labels.map((label, index) => [label, found.details[index]].join(' ').trim());
    };
    assert.deepEqual(await values('npm@11.19.1', '.npmrc', 'allow-git=|'), ['all', 'none default', 'root']);
    assert.deepEqual(await values('npm@11.19.1', '.npmrc', 'min-release-age=|'), [
      '3 3 days',
      '7 7 days',
      '1 1 day',
    ]);
    assert.deepEqual(await values('pnpm@11.4.0', 'pnpm-workspace.yaml', 'minimumReleaseAge: |'), [
      '4320 3 days',
      '10080 7 days',
      '1440 1 day',
    ]);
    assert.deepEqual(await values('yarn@4.18.1', '.yarnrc.yml', 'checksumBehavior: |'), [
      'throw default',
      'update',
      'reset',
      'ignore',
    ]);
    const bun = await offered('bun@1.4.5', 'bunfig.toml', '[install]\nauto =|');
    assert.equal(bun?.choose('disable'), '[install]\nauto = "disable"');
  });

  test('nothing in other places', async () => {
    for (const [manager, path, marked] of [
      ['npm@11.19.1', '.npmrc', '; fu|'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'catalog:\n  rea|'],
      ['bun@1.4.5', 'bunfig.toml', 'exac|'],
      ['bun@1.4.5', 'bunfig.toml', '[install]\nexact = true\n[test]\nmin|'],
      ['yarn@1.22.22', '.yarnrc', 'ignore|'],
    ] as const)
      assert.equal(await offered(manager, path, marked), undefined, marked);
  });
});

describe('hover on a setting', () => {
  test('the length of a cooldown, and which versions pass', async () => {
    const passes = 'versions published before 21 Nov 2026 14:05 UTC pass';
    for (const [manager, path, marked] of [
      ['npm@11.19.1', '.npmrc', 'min-release-age=|3'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'minimum|ReleaseAge: 4320'],
      ['yarn@4.18.1', '.yarnrc.yml', 'npmMinimalAgeGate: 3d|'],
      ['bun@1.4.5', 'bunfig.toml', '[install]\nminimumReleaseAge = 2|59200'],
    ] as const)
      assert.match((await hovered(manager, path, marked)) ?? '', new RegExp(`= 3 days; ${passes}`), marked);
    assert.match(
      (await hovered('npm@11.19.1', '.npmrc', 'min-release-age=|3d')) ?? '',
      /npm cannot read this/,
    );
    assert.match((await hovered('npm@11.19.1', '.npmrc', 'min-release-age=|0')) ?? '', /no cooldown/);
  });

  test('type, default and first version, and never a value', async () => {
    const text = await hovered('npm@11.19.1', '.npmrc', 'allow-|git=all');
    assert.match(text ?? '', /all, none or root/);
    assert.match(text ?? '', /default: none/);
    assert.match(
      (await hovered('pnpm@11.4.0', 'pnpm-workspace.yaml', 'trust|Policy: off')) ?? '',
      /pnpm 10\.21\.0/,
    );
    const secret = await hovered('npm@11.19.1', '.npmrc', '_au|th=bWU6c2VjcmV0');
    assert.ok(secret !== undefined && !secret.includes('bWU6c2VjcmV0'));
    assert.equal(await hovered('npm@11.19.1', '.npmrc', 'own-|key=1'), undefined);
    assert.equal(await hovered('npm@11.19.1', '.npmrc', '; fund|=1'), undefined);
  });
});
