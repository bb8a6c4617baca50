import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinUri, type Uri } from '../../../server/src/core/read/text/paths/uri.ts';
import { createSession } from '../../../server/src/engine/create-session.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/settings.ts';
import { findingsOf, memoryFiles, ROOT, testPorts } from '../../workspace.ts';

const dependabot = (days: number) =>
  `updates:\n  - package-ecosystem: npm\n    directory: /\n    cooldown:\n      default-days: ${days}\n`;

test("a bot's file that appears, changes and goes changes the findings of its project", async () => {
  const bot = joinUri(ROOT, '.github/dependabot.yml');
  const texts = new Map<Uri, string>([
    [joinUri(ROOT, 'package.json'), '{ "packageManager": "pnpm@11.4.0" }'],
    [joinUri(ROOT, 'pnpm-workspace.yaml'), 'minimumReleaseAge: 1440\n'],
  ]);
  const session = createSession({ ...testPorts(new Map()), files: memoryFiles(texts) });
  session.configure({ ...DEFAULT_SETTINGS, preset: 'all' });
  session.setFolders([ROOT]);
  await session.loadFolder(ROOT);
  const after = async (text: string | undefined) => {
    if (text === undefined) texts.delete(bot);
    else texts.set(bot, text);
    await session.filesChanged([bot]);
    const found = findingsOf(session.snapshot()).filter(({ rule }) => rule === 'release-age-gate-missing');
    return found.map(({ message }) => /Dependabot one of (\d+ days?)/.exec(message)?.[1]);
  };
  assert.deepEqual(await after(undefined), []);
  assert.deepEqual(await after(dependabot(3)), ['3 days']);
  assert.deepEqual(await after(dependabot(1)), []);
  assert.deepEqual(await after(dependabot(5)), ['5 days']);
  assert.deepEqual(await after(undefined), []);
});
