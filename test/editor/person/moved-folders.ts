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

  await untilNoticed({
    change: () => rmSync(folder('deleted'), { recursive: true }),
    undo: () => write('deleted'),
    shown: () => of('deleted').waitFor({ state: 'hidden', timeout: NOTICED_MS }),
  });
  await untilNoticed({
    change: () => renameSync(folder('before'), folder('after')),
    undo: () => renameSync(folder('after'), folder('before')),
    shown: async () => {
      await of('after').waitFor({ timeout: NOTICED_MS });
      await of('before').waitFor({ state: 'hidden', timeout: NOTICED_MS });
    },
  });
}

const NOTICED_MS = 20_000;

/** On a busy machine VS Code itself misses some changes of folders, so a change is made up to three times. */
async function untilNoticed(step: {
  readonly change: () => void;
  readonly undo: () => void;
  readonly shown: () => Promise<void>;
}): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    step.change();
    try {
      return await step.shown();
    } catch (error) {
      if (attempt === 3) throw error;
      step.undo();
    }
  }
}
