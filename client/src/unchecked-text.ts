import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { ownActions } from './gap-steps.ts';
import { t } from './translate.ts';

/** Returns the page of what was not checked: what to do, then a sentence for each gap. */
export function uncheckedText(status: StatusParams | undefined): string {
  if (status === undefined || status.projects === 0) {
    return `${t('Nothing was checked yet. Open a package.json, or run "Dependency Hygiene: Check Workspace".')}\n`;
  }
  if (status.gaps.length === 0) return `${t('Everything was checked.')}\n`;
  const actions = ownActions(status.steps).map(({ title }) => title);
  return [
    ...(actions.length === 0 ? [] : [t('What to do'), '', ...actions.map(bulleted), '']),
    t('What was not checked'),
    '',
    ...status.gaps.map(bulleted),
    '',
  ].join('\n');
}

function bulleted(sentence: string): string {
  return `  - ${sentence}`;
}
