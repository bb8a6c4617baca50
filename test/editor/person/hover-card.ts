import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import { editorLines, hoverOver, openFile, replaceAllText, squigglesBeside, webView } from '../workbench.ts';

/** What VS Code shows of a hover without scrolling, whatever the size of the window. */
const VISIBLE = 250;

export async function everythingOnACardIsSeenWithoutScrolling(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'advisories/package.json'));
  await squigglesBeside(page, 'error', '4.17.15');
  for (const [text, says] of [
    ['"lodash"', /known vulnerabilit/],
    ['4.17.15', /known vulnerabilit/],
    ['"mkdirp"', /Pulls in 1 vulnerable package/],
  ] as const) {
    const card = await hoverOver(page, text, says);
    await card.locator('a', { hasText: 'Verify' }).waitFor();
    await page.waitForTimeout(1500);
    await keepInThemes(context, `card-${text.replaceAll(/\W/g, '')}`);
    assert.ok((await depthOf(card)) <= VISIBLE, `the card on ${text} is ${await depthOf(card)} pixels deep`);
    await page.keyboard.press('Escape');
  }
  await openFile(page, join(workspace, 'advisories/package-lock.json'));
  await squigglesBeside(page, 'error', '0.0.8');
  const card = await hoverOver(page, 'node_modules/minimist', /2 known vulnerabilities/);
  await keepInThemes(context, 'card-lockfile');
  assert.ok(
    (await depthOf(card)) <= VISIBLE,
    `the card in the lockfile is ${await depthOf(card)} pixels deep`,
  );
  await page.keyboard.press('Escape');
}

/** Returns how far the links of our card, its last line, are below the upper edge of the hover. */
async function depthOf(card: Locator): Promise<number> {
  const box = await card.boundingBox();
  const last = await card.locator('a', { hasText: 'Verify' }).boundingBox();
  assert.ok(box !== null && last !== null, 'the hover and its links are drawn');
  return Math.round(last.y + last.height - box.y);
}

export async function theLinksOfACardLeadThere(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'advisories/package.json'));
  await squigglesBeside(page, 'error', '4.17.15');
  const follow = async (title: string) => {
    const card = await hoverOver(page, '"mkdirp"', /Pulls in 1 vulnerable package/);
    await card.locator('a', { hasText: title }).click();
  };
  await follow('Why');
  const why = await webView(page, 'Why mkdirp 0.5.1 is installed');
  await why.locator('li', { hasText: 'mkdirp 0.5.1' }).first().waitFor();
  await keepInThemes(context, 'card-why');
  await openFile(page, join(workspace, 'advisories/package.json'));
  await follow('Lockfile entry');
  await page.locator('.tab.active', { hasText: 'package-lock.json' }).waitFor();
  await openFile(page, join(workspace, 'advisories/package.json'));
  await follow('Package page');
  await page.locator('.tab.active', { hasText: 'mkdirp' }).waitFor();
  await page.locator('iframe.webview').first().waitFor();
  await keepInThemes(context, 'card-page');
  await openFile(page, join(workspace, 'shop/package.json'));
  const card = await hoverOver(page, '"@acme/ui"', /declares/);
  await card.locator('a', { hasText: 'Pin' }).click();
  await editorLines(page).filter({ hasText: '"@acme/ui": "2.4.0"' }).waitFor();
}

export async function textOfOthersOnACardStaysText({ page, workspace }: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'no-lock/package.json'));
  const range = '$(bug) [x](command:workbench.action.closeWindow)';
  await replaceAllText(page, `{ "dependencies": { "lodash": "${range}" } }\n`);
  await squigglesBeside(page, 'error', 'closeWindow');
  const card = await hoverOver(page, '"lodash"', /declares/);
  assert.match((await card.textContent()) ?? '', /declares \$\(bug\) \[x\]\(command:/);
  assert.equal(await card.locator('.codicon-bug, a[data-href*="closeWindow"]').count(), 0);
  assert.ok((await card.locator('.codicon').count()) > 0, 'the verdict has its icon');
  await page.keyboard.press('Escape');
}
