import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonContext, PersonModule } from '../person.ts';
import { openFile, openProblems, runCommand, squigglesBeside, statusItem } from '../workbench.ts';

export const runs: PersonModule['runs'] = ['trusted', 'web'];

const manifest = { name: 'moved', private: true, dependencies: { lodahs: '^4.17.0' } };

/** As a checkout of git does: VS Code reports the folder, and none of the files in it. */
export async function aFolderThatIsMovedTakesItsFindingsAlong({
  page,
  workspace,
  run,
}: PersonContext): Promise<void> {
  const folder = (name: string) => join(workspace, 'area', name);
  const write = (name: string) => {
    mkdirSync(folder(name), { recursive: true });
    writeFileSync(join(folder(name), 'package.json'), JSON.stringify(manifest, undefined, 2));
  };
  write('before');
  write('deleted');
  await openFile(page, join(folder('before'), 'package.json'));
  await squigglesBeside(page, 'warning', 'lodahs');
  await runCommand(page, 'Dependency Hygiene: Check Workspace');
  await statusItem(page).and(page.locator('[aria-label*="errors"]')).waitFor();
  await runCommand(page, 'View: Close All Editors');

  // Only these findings are in the panel then, however many others there are.
  const rows = await openProblems(page);
  await page.locator('.markers-panel-container input, .panel .monaco-inputbox input').first().fill('area');
  const of = (name: string) => rows.filter({ hasText: new RegExp(`package\\.json.*area\\W+${name}`) });
  await of('before').waitFor();

  await of('deleted').waitFor();

  renameSync(folder('before'), folder('after'));
  await of('after').waitFor();
  await of('before').waitFor({ state: 'hidden' });

  // In the web extension host VS Code does not always report a deleted folder.
  if (run !== 'trusted') return;
  rmSync(folder('deleted'), { recursive: true });
  await of('deleted').waitFor({ state: 'hidden' });
}
