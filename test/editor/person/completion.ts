import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import { editorLines, goTo, isSoonVisible, openFile, replaceAllText, waitUntil } from '../workbench.ts';

const manifest = `{
  "name": "typed",
  "dependencies": {
    "lodas"
  }
}
`;

export async function afterANameIsAcceptedTheListOfVersionsOpens(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await openFile(page, join(workspace, 'no-lock/package.json'));
  await replaceAllText(page, manifest);
  await goTo(page, 4, 11);
  await page.keyboard.press('Control+Space');
  const widget = page.locator('.suggest-widget').filter({ visible: true });
  const rows = widget.locator('.monaco-list-row');
  await rows.filter({ hasText: 'lodash' }).first().waitFor();
  const pane = page.locator('.suggest-details').filter({ visible: true });
  // The key opens and closes the pane, and does nothing while the list is still loading.
  let time = 1000;
  const isPaneOpen = async () => {
    if (await pane.isVisible()) return true;
    await page.keyboard.press('Control+Space');
    time *= 2;
    return isSoonVisible(pane, time);
  };
  await waitUntil(page, isPaneOpen, 'the pane beside the list');
  await pane.filter({ hasText: 'Downloads' }).waitFor();
  await keepInThemes(context, 'completion-name');
  await page.keyboard.press('Enter');
  await editorLines(page).filter({ hasText: '"lodash": ""' }).waitFor();
  await rows.filter({ hasText: 'versions of lodash unknown' }).waitFor();
  await keepInThemes(context, 'completion-versions');
  await page.keyboard.press('Escape');
}
