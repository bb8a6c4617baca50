import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import { editorLines, goTo, oneSquiggleUnder, openFile, runCommand, waitUntil } from '../workbench.ts';

/** The part of the URL that is drawn in one piece. */
const START = 'https://registry.example.test/wrappy';
const ADDRESS = 'https://registry.example.test/wrappy/-/wrappy-1.0.2.tgz';

/**
 * The places where minimist downloads wrappy: the beginning of the URL, and the length of everything that is
 * marked with it.
 */
const ALTERED = [
  { file: 'npm/package-lock.json', line: 32, start: START, length: ADDRESS.length },
  {
    file: 'yarn-classic/yarn.lock',
    line: 16,
    start: START,
    length: ADDRESS.length + 41,
  },
  {
    file: 'yarn-berry/yarn.lock',
    line: 33,
    start: encodeURIComponent(START),
    length: encodeURIComponent(ADDRESS).length,
    quotes: 0,
  },
  {
    file: 'pnpm/pnpm-lock.yaml',
    line: 55,
    column: 189,
    start: START,
    length: ADDRESS.length,
    quotes: 0,
  },
  { file: 'bun/bun.lock', line: 35, start: START, length: ADDRESS.length },
];

export async function theAlteredAddressIsUnderlinedInEveryFormat(context: PersonContext): Promise<void> {
  const { page, workspace, artifacts } = context;
  // Without the side bar the long lines are on the screen.
  await page.keyboard.press('Control+B');
  for (const { file, line, column = 1, start, ...mark } of ALTERED) {
    await openFile(page, join(workspace, 'managers', file));
    await goTo(page, line, column);
    await oneSquiggleUnder(page, 'error', start, mark);
    await page.screenshot({ path: join(artifacts, `squiggle-${file.replace('/', '-')}.png`) });
  }
  await page.keyboard.press('Control+B');
}

export async function f12GoesToTheLockfileAndShowsTheWayBack({
  page,
  workspace,
}: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'managers/pnpm/packages/app/package.json'));
  // The locked version behind the range shows that the server has read the project.
  await editorLines(page)
    .filter({ hasText: /"\^0\.2\.4",.*0\.2\.4/ })
    .waitFor();
  await goTo(page, 6, 7);
  await page.keyboard.press('F12');
  await page.locator('.tab.active', { hasText: 'pnpm-lock.yaml' }).waitFor();
  const cursor = page.locator('.statusbar-item', { hasText: /Ln 51, Col 3/ });
  await cursor.waitFor();
  // An entry is its own definition, so that the same key shows its references.
  await page.keyboard.press('F12');
  const references = page.locator('.reference-zone-widget .ref-tree');
  await references.filter({ hasText: 'package.json' }).waitFor();
  await page.keyboard.press('Escape');
}

export async function theOutlineListsPackagesWithTheirVersions({
  page,
  workspace,
}: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'managers/yarn-berry/yarn.lock'));
  await runCommand(page, 'Explorer: Focus on Outline View');
  const rows = page.locator('.outline-tree .monaco-list-row');
  let texts: string[] = [];
  const listed = async () => {
    texts = await rows.allTextContents();
    return texts.some((text) => /tslib.*2\.6\.3/.test(text));
  };
  await waitUntil(page, listed, () => `tslib 2.6.3 in the outline, which has ${texts.join(' | ')}`);
  assert.ok(texts.some((text) => /minimist.*0\.2\.4/.test(text)));
}
