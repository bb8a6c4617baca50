import type { Frame, Locator, Page } from 'playwright-core';
import { PATIENCE } from './patience.ts';

/**
 * A person's actions in the workbench, by mouse and keyboard. The class names are VS Code's own and may change with its
 * version, so they are all in this file.
 */

/** Opens a file (an absolute path, not directly in the open folder) by Quick Open and waits until its text is drawn. */
export async function openFile(page: Page, path: string): Promise<void> {
  const [directory = '', name = path] = path.split('/').slice(-2);
  await quickInput(page, 'Control+P', path, name, directory);
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.breadcrumbs-below-tabs', { hasText: directory }).waitFor();
  await editorLines(page).first().waitFor();
}

/** Runs a command by its title, as shown in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await quickInput(page, 'F1', `>${title}`);
}

/** Runs a command that opens a list or an input of its own, by its title, and does not wait for that. */
export async function runAskingCommand(page: Page, title: string): Promise<void> {
  await offerInQuickInput(page, 'F1', `>${title}`, [title]);
  await page.keyboard.press('Enter');
}

/** Runs a command that shows a list, and returns the rows of that list, once one has the text. */
export async function runListCommand(page: Page, title: string, row: string | RegExp): Promise<Locator> {
  await runAskingCommand(page, title);
  const rows = quickRows(page);
  await rows.filter({ hasText: row }).first().waitFor();
  return rows;
}

/** Puts the cursor into line `line`, column `column`, both counted from 1 as in the status bar. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await quickInput(page, 'Control+G', `:${line}:${column}`);
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Returns the squiggles of a severity themselves; the text under them is not in the page's markup. */
export function squiggles(page: Page, severity: Severity): Locator {
  return page.locator(`.editor-instance .view-overlays .squiggly-${severity}`);
}

/** Returns the positions of the squiggles of a severity in the line of a text, once there is one. */
export async function squigglesBeside(page: Page, severity: Severity, text: string): Promise<Box[]> {
  let places: Box[] = [];
  const appeared = async () => {
    places = await placesBeside(page, severity, text);
    return places.length > 0;
  };
  await waitUntil(page, appeared, `a ${severity} squiggle beside "${text}"`);
  return places;
}

/**
 * Resolves when exactly one squiggle of a severity touches a text and covers it with its quotes, to 2 pixels. Marks of
 * the previous text may still be drawn for a moment, and those of its neighbors in the line come and go independently.
 *
 * @param quotes how many characters before and after the text belong to the marked part
 * @param length of the text, if only its beginning is given: VS Code draws long ones in pieces of fifty characters
 */
export async function oneSquiggleUnder(
  page: Page,
  severity: Severity,
  text: string,
  { quotes = 1, length = text.length } = {},
): Promise<void> {
  let seen = '';
  const covered = async () => {
    const start = await placeOf(page, text);
    const letter = start.width / text.length;
    const name = { ...start, width: length * letter };
    const places = await placesBeside(page, severity, text);
    const under = places.filter(({ x, width }) => x < name.x + name.width && x + width > name.x);
    seen = JSON.stringify({ name, under });
    const [mark] = under;
    if (mark === undefined || under.length > 1) return false;
    const startsAtQuote = Math.abs(mark.x - (name.x - quotes * letter)) <= 2;
    return startsAtQuote && Math.abs(mark.width - (name.width + 2 * quotes * letter)) <= 2;
  };
  await waitUntil(
    page,
    covered,
    () => `one ${severity} squiggle under "${text}" and its quotes, last seen ${seen}`,
  );
}

/** Resolves when no squiggle of a severity is left in the line of a text. */
export async function noSquiggleBeside(page: Page, severity: Severity, text: string): Promise<void> {
  const gone = async () => (await placesBeside(page, severity, text)).length === 0;
  await waitUntil(page, gone, `no ${severity} squiggle beside "${text}"`);
}

export async function placesBeside(page: Page, severity: Severity, text: string): Promise<Box[]> {
  const { y, height } = await placeOf(page, text);
  const places = await squiggles(page, severity).evaluateAll((marks) =>
    marks.map((mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
  return places.filter((place) => Math.abs(place.y + place.height - (y + height)) < height / 2);
}

/** Checks a condition repeatedly until it holds, for as long as the page's other waits last. */
export async function waitUntil(
  page: Page,
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string),
): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    if (await condition()) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`waited for ${typeof what === 'string' ? what : what()} in vain`);
}

/** Scrolls a list, from its start and again, until a row of it is drawn: lists draw only what is in sight. */
export async function scrollUntilThere(page: Page, list: Locator, row: Locator): Promise<void> {
  const box = await list.boundingBox();
  if (box === null) throw new Error('the list is not drawn');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  let isDown = true;
  let before = '';
  await waitUntil(
    page,
    async () => {
      if (await row.isVisible()) return true;
      const rows = (await list.locator('.monaco-list-row').allInnerTexts()).join();
      if (rows === before) isDown = !isDown;
      before = rows;
      await page.mouse.wheel(0, (isDown ? 0.8 : -0.8) * box.height);
      return false;
    },
    'a row of a list',
  );
}

/** Returns the position of the first occurrence of a text in the visible lines of the editor. */
export async function placeOf(page: Page, text: string): Promise<Box> {
  const line = editorLines(page).filter({ hasText: text }).first();
  const token = line.locator('span > span').filter({ hasText: text }).first();
  // A line is redrawn when its colors arrive, which removes the elements found in it, so look again.
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const { x, y, width, height, shown } = await token.evaluate(measure);
    const start = shown.replaceAll('\u00a0', ' ').indexOf(text);
    // The editor's font is monospaced, so the position of a part of a token follows from its letters.
    const letter = width / shown.length;
    if (width > 0 && start >= 0) return { x: x + start * letter, y, width: text.length * letter, height };
    await page.waitForTimeout(50);
  }
  throw new Error(`"${text}" is not visible in the editor`);
}

/** Runs in the page: reads text and position of an element at one moment. */
function measure(element: {
  textContent: string | null;
  getBoundingClientRect(): Box;
}): Box & { shown: string } {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height, shown: element.textContent ?? '' };
}

/** A rectangle of the page, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Hovers over a text of the editor and returns the hover card, once it contains `says`. */
export async function hoverOver(page: Page, text: string, says: string | RegExp = /./): Promise<Locator> {
  const card = page.locator('.monaco-resizable-hover .monaco-hover').filter({ visible: true, hasText: says });
  // What is drawn anew under a resting mouse shows no card, until the mouse moves again.
  const rested = async () => {
    const box = await placeOf(page, text);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x + 200, y + 200);
    await page.mouse.move(x, y, { steps: 4 });
    return isSoonVisible(card, PATIENCE / ATTEMPTS);
  };
  await waitUntil(page, rested, `a card over "${text}" that contains ${says}`);
  return card;
}

/** Waits for an element, and returns whether it came in time. */
export async function isSoonVisible(element: Locator, timeout: number): Promise<boolean> {
  return element.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Opens the menu of the light bulb at the cursor with its keys, and returns the entries in order. */
export async function openQuickFixes(page: Page): Promise<Locator> {
  const entries = page.locator('.action-widget .monaco-list-row.action');
  // New diagnostics close the menu again, and a person would then press the keys once more. A busy machine takes long
  // for the entries, so each attempt has more time.
  let time = 2500;
  for (const end = Date.now() + PATIENCE; Date.now() < end; time *= 2) {
    await page.keyboard.press('Control+.');
    const opened = await isSoonVisible(entries.first(), time);
    if (opened) return entries;
    await page.keyboard.press('Escape');
  }
  throw new Error('the menu of the light bulb does not open');
}

/** Opens the Problems panel and returns its rows: files and, below each, its problems. */
export async function openProblems(page: Page): Promise<Locator> {
  const rows = page.locator('.markers-panel .monaco-list-row');
  if (!(await page.locator('.markers-panel').isVisible())) await page.keyboard.press('Control+Shift+M');
  await rows.first().waitFor();
  return rows;
}

/** Replaces all the text of the open editor by typing; the settings `plainTyping` keep it unchanged. */
export async function replaceAllText(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

/** Returns our item in the status bar. */
export function statusItem(page: Page): Locator {
  return page.locator('.statusbar-item[id$="dependencyHygiene.status"]');
}

/** Returns the visible lines of the open editor. */
export function editorLines(page: Page): Locator {
  return page.locator('.editor-instance .view-lines .view-line');
}

/** Returns the document of a view that the extension draws itself, once it has a text. */
export async function webView(page: Page, text: string | RegExp): Promise<Frame> {
  let found: Frame | undefined;
  const look = async () => {
    // A new document of the view gets a frame of its own.
    for (const frame of page.frames().filter((one) => one.url().includes('/webview/browser/pre/fake.html'))) {
      const isThere = await frame
        .getByText(text)
        .first()
        .isVisible()
        .catch(() => false);
      if (isThere) found = frame;
    }
    return found !== undefined;
  };
  await waitUntil(page, look, `a view with ${String(text)}`);
  return found!;
}

/** Chooses the entry of an open list by typing, without waiting for what it does. */
export async function chooseFrom(page: Page, text: string): Promise<void> {
  await quickText(page).fill(text);
  await quickRows(page).and(page.locator('.focused')).filter({ hasText: text }).waitFor();
  await page.keyboard.press('Enter');
}

/** Opens the quick input with a key, chooses the first offer, and waits until the input is closed. */
async function quickInput(page: Page, key: string, text: string, ...offer: string[]): Promise<void> {
  await offerInQuickInput(page, key, text, offer);
  await page.keyboard.press('Enter');
  await quickText(page).waitFor({ state: 'hidden' });
}

/**
 * Opens the quick input with a key, types, and waits until the focused row has all of `offer`: recently opened files
 * are offered at once, before the search. What was opened before the extension was known never offers its commands, so
 * it is opened again, as a person would.
 */
async function offerInQuickInput(
  page: Page,
  key: string,
  text: string,
  offer: readonly string[],
): Promise<void> {
  let offered = quickRows(page).and(page.locator('.focused'));
  for (const part of offer) offered = offered.filter({ hasText: part });
  const opened = async (timeout: number) => {
    await page.keyboard.press(key);
    await quickText(page).fill(text, { timeout });
    await offered.waitFor({ timeout });
  };
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    const isOffered = await opened(PATIENCE / ATTEMPTS).then(
      () => true,
      () => false,
    );
    if (isOffered) return;
    await page.keyboard.press('Escape');
  }
  await opened(PATIENCE / ATTEMPTS);
}

const ATTEMPTS = 6;

function quickText(page: Page): Locator {
  const inputs = page.locator('.quick-input-widget input[type=text], .quick-input-widget .input');
  return inputs.filter({ visible: true }).first();
}

function quickRows(page: Page): Locator {
  return page.locator('.quick-input-list .monaco-list-row').filter({ visible: true });
}
