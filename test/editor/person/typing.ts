import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import {
  editorLines,
  goTo,
  hoverOver,
  openFile,
  openQuickFixes,
  placeOf,
  replaceAllText,
  squiggles,
} from '../workbench.ts';

const manifest = `{
  "name": "typed",
  "version": "1.0.0",
  "private": true,
  "dependencies": {
    "lodahs": "^4.0.0"
  }
}
`;

/** Leaves a manifest with one misspelled name, just typed and not saved, in the editor. */
async function typeManifest({ page, workspace }: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'shop/package.json'));
  await replaceAllText(page, manifest);
  await editorLines(page).filter({ hasText: '"typed"' }).waitFor();
}

export async function typingAMisspelledNameDrawsOneSquiggleUnderIt(context: PersonContext): Promise<void> {
  const { page, artifacts } = context;
  await typeManifest(context);
  const name = await placeOf(page, 'lodahs');
  const marks = squiggles(page, 'warning');
  // The value has a mark of its own, as the lockfile does not know this specifier.
  const under = async () => {
    const boxes = await Promise.all((await marks.all()).map((mark) => mark.boundingBox()));
    return boxes.filter(
      (box) => box !== null && Math.abs(box.y - name.y) < name.height && box.x < name.x + name.width,
    );
  };
  await marks.first().waitFor();
  const mine = await under();
  await page.screenshot({ path: join(artifacts, 'typed-squiggle.png') });
  assert.equal(mine.length, 1);
  // The name with or without its quotes, and nothing of the rest of the line.
  const letter = name.width / 'lodahs'.length;
  assert.ok(Math.abs(mine[0]!.x - name.x) <= letter + 1, 'the squiggle starts at the name');
  assert.ok(Math.abs(mine[0]!.width - name.width) <= 2 * letter + 1, 'the squiggle is as long as the name');
}

export async function restingTheMouseOnADependencyShowsItsCard(context: PersonContext): Promise<void> {
  const { page, artifacts } = context;
  await typeManifest(context);
  await squiggles(page, 'warning').first().waitFor();
  const card = await hoverOver(page, 'lodahs', /misspelling[\s\S]*lodahs/);
  await page.screenshot({ path: join(artifacts, 'hover-card.png') });
  assert.match((await card.textContent()) ?? '', /typosquat-name/);
}

export async function theLightBulbCorrectsTheName(context: PersonContext): Promise<void> {
  const { page, artifacts } = context;
  await typeManifest(context);
  await squiggles(page, 'warning').first().waitFor();
  await goTo(page, 6, 7);
  const entries = await openQuickFixes(page);
  await page.screenshot({ path: join(artifacts, 'light-bulb.png') });
  assert.match((await entries.first().textContent()) ?? '', /Replace with "lodash"/);
  await page.keyboard.press('Enter');
  await editorLines(page).filter({ hasText: '"lodash": "' }).waitFor();
}
