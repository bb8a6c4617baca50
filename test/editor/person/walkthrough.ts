import type { PersonContext } from '../person.ts';
import { keepInThemes } from '../themes.ts';
import {
  goTo,
  hoverOver,
  noSquiggleBeside,
  openQuickFixes,
  runListCommand,
  squigglesBeside,
} from '../workbench.ts';

export async function theWalkthroughLeadsToTheFirstFix(context: PersonContext): Promise<void> {
  const { page } = context;
  // The picture is beside the steps only in a wide window.
  await page.setViewportSize({ width: 1700, height: 900 });
  const walkthrough = 'Get Started with Dependency Hygiene';
  const rows = await runListCommand(page, 'Welcome: Open Walkthrough', walkthrough);
  await rows.filter({ hasText: walkthrough }).click();
  const steps = page.locator('.getting-started-step');
  await steps.filter({ hasText: 'Open a package.json' }).waitFor();
  await keepInThemes(context, 'walkthrough');
  await page.getByRole('button', { name: 'Open Demo' }).click();
  await squigglesBeside(page, 'warning', 'lodahs');

  await hoverOver(page, 'minimist');
  await page.keyboard.press('Escape');
  await goTo(page, 5, 7);
  const entries = await openQuickFixes(page);
  await entries.filter({ hasText: 'express' }).first().click();
  await noSquiggleBeside(page, 'warning', 'express');
  await keepInThemes(context, 'walkthrough-demo');

  await page.locator('.tab', { hasText: /Welcome|Walkthrough/ }).click();
  for (const title of ['Open a package.json', 'Hover over a dependency', 'Fix a finding']) {
    await steps.filter({ hasText: title }).locator('.codicon.complete').first().waitFor();
  }
  for (const [title, name] of [
    ['See what leaves this machine', 'walkthrough-privacy'],
    ['Check pull requests', 'walkthrough-ci'],
  ] as const) {
    await steps.filter({ hasText: title }).click();
    await page.locator('.getting-started-media').filter({ visible: true }).first().waitFor();
    await page.waitForTimeout(500);
    await keepInThemes(context, name);
  }
}
