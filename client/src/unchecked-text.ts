import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { ownActions } from './gap-steps.ts';

/** Returns the page of what was not checked: what to do, then a sentence for each gap. */
export function uncheckedText(status: StatusParams | undefined): string {
  if (status === undefined || status.projects === 0) {
    return 'Nothing was checked yet. Open a package.json, or run "Dependency Hygiene: Check Workspace".\n';
  }
  if (status.gaps.length === 0) return 'Everything was checked.\n';
  const actions = ownActions(status.steps).map(({ title }) => title);
  return [
    ...(actions.length === 0 ? [] : ['What to do', '', ...actions.map(bulleted), '']),
    'What was not checked',
    '',
    ...status.gaps.map(bulleted),
    '',
  ].join('\n');
}

function bulleted(sentence: string): string {
  return `  - ${sentence}`;
}
