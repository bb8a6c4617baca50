import { join } from 'node:path';
import { reopenIn } from '../display-language.ts';
import type { PersonContext, PersonModule } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  openFile,
  runCommand,
  runListCommand,
  squigglesBeside,
  statusItem,
  waitUntil,
  webView,
} from '../workbench.ts';

export const runs: PersonModule['runs'] = ['trusted', 'web'];

/** Titles are in package.nls.de.json, and the other texts in l10n/bundle.l10n.de.json. */
export async function inGermanTitlesAndTextsAreGerman(context: PersonContext): Promise<void> {
  const { page, workspace } = context;
  await reopenIn('de', page);
  await page.locator('.activitybar .action-item a[aria-label^="Dependency Hygiene"]').click();
  await page.locator('.part.sidebar .pane-header', { hasText: 'Abhängigkeiten' }).waitFor();
  const welcome = page.locator('.welcome-view-content').filter({ visible: true });
  await welcome.filter({ hasText: 'Noch ist kein Projekt geladen' }).waitFor();

  await openFile(page, join(workspace, 'shop/package.json'));
  await squigglesBeside(page, 'error', 'lodahs');
  const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  await rows.filter({ hasText: /^shop.*\d+\sFehler/ }).waitFor();
  for (const group of ['Schadsoftware', 'Zu prüfende Skripte', 'Nicht geprüft'])
    await rows.filter({ hasText: group }).waitFor();
  await keepInThemes(context, 'german-view');

  // The counts come after the squiggles.
  const said = /\d+ Fehler, \d+ Warnungen.*Sicherheitshinweise: mitgeliefert \(\d+\. \S+ 20\d\d/;
  let label = '';
  const isSaid = async () => {
    label = (await statusItem(page).getAttribute('aria-label')) ?? '';
    return said.test(label);
  };
  await waitUntil(page, isSaid, () => `the counts in the status bar: ${label}`);
  const items = await runListCommand(page, 'Dependency Hygiene: Status anzeigen', 'Probleme anzeigen');
  await items.filter({ hasText: 'Anzeigen, was diesen Rechner verlässt' }).waitFor();
  await keepInThemes(context, 'german-status');
  await page.keyboard.press('Escape');

  await runCommand(page, 'Dependency Hygiene: Anzeigen, was nicht geprüft wurde');
  await page.locator('.tab.active', { hasText: 'Was nicht geprüft wurde' }).waitFor();
  await webView(page, 'Nicht geprüft');
  await keepInThemes(context, 'german-not-checked');
}
