import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonContext } from '../person.ts';
import { chooseFrom, openFile, statusItem } from '../workbench.ts';

/** A range without an upper bound that is locked, which is a hint for types. */
const DECLARED = { '@types/node': '*' };
const MANIFEST = { name: 'hinted', private: true, packageManager: 'npm@11.6.0', devDependencies: DECLARED };
const LOCKFILE = {
  name: 'hinted',
  lockfileVersion: 3,
  packages: {
    '': { name: 'hinted', devDependencies: DECLARED },
    'node_modules/@types/node': { version: '24.0.0', integrity: `sha512-${'A'.repeat(86)}==`, dev: true },
  },
};

export async function whereOnlyHintsAreFoundTheStatusMenuShowsThemInTheView(
  context: PersonContext,
): Promise<void> {
  const { page, workspace } = context;
  const folder = join(workspace, 'hinted');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(LOCKFILE, undefined, 2));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(MANIFEST, undefined, 2));
  await openFile(page, join(folder, 'package.json'));
  // The Problems panel would say that there is none.
  await statusItem(page).and(page.locator('[aria-label^="Dependency Hygiene: 1 hint"]')).click();
  await chooseFrom(page, 'Show hints');
  const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  await rows.filter({ hasText: 'hinted' }).filter({ hasText: '1 hint' }).waitFor();
}
