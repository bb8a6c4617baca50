import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import { editorLines, goTo, openFile, replaceAllText } from '../workbench.ts';

const manifest = `{
  "name": "typed",
  "dependencies": {
    "lodas"
  }
}
`;

export async function afterANameIsAcceptedTheListOfVersionsOpens({
  page,
  workspace,
  artifacts,
}: PersonContext): Promise<void> {
  await openFile(page, join(workspace, 'no-lock/package.json'));
  await replaceAllText(page, manifest);
  await goTo(page, 4, 11);
  await page.keyboard.press('Control+Space');
  const widget = page.locator('.suggest-widget').filter({ visible: true });
  const rows = widget.locator('.monaco-list-row');
  await rows.filter({ hasText: 'lodash' }).first().waitFor();
  const pane = page.locator('.suggest-details').filter({ visible: true });
  // The key opens and closes the pane, and does nothing while the list is still loading.
  for (let look = 0; look < 5 && !(await pane.isVisible()); look++) {
    await page.keyboard.press('Control+Space');
    await page.waitForTimeout(1000);
  }
  await pane.filter({ hasText: 'Downloads' }).waitFor();
  await page.screenshot({ path: join(artifacts, 'completion-name.png') });
  await page.keyboard.press('Enter');
  await editorLines(page).filter({ hasText: '"lodash": ""' }).waitFor();
  await rows.filter({ hasText: 'versions of lodash unknown' }).waitFor();
  await page.screenshot({ path: join(artifacts, 'completion-versions.png') });
  await page.keyboard.press('Escape');
}
