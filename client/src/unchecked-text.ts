import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { ownActions } from './gap-steps.ts';
import { t } from './translate.ts';

/** Returns the page of what was not checked, in Markdown: what to do, then a sentence for each gap. */
export function uncheckedText(status: StatusParams | undefined): string {
  const title = `# ${t('What was not checked')}\n\n`;
  if (status === undefined || status.projects === 0) {
    return `${title}${asMarkdown(t('Nothing was checked yet. Open a package.json, or run "Dependency Hygiene: Check Workspace".'))}\n`;
  }
  if (status.gaps.length === 0) return `${title}${asMarkdown(t('Everything was checked.'))}\n`;
  const actions = ownActions(status.steps).map((action) => bulleted(action.title));
  // The preview follows no links to commands.
  const where = asMarkdown(t('The shield in the status bar opens a menu with these steps.'));
  const toDo = [`## ${t('What to do')}`, '', ...actions, '', where, ''];
  const gaps = [`## ${t('Not checked')}`, '', ...status.gaps.map(bulleted), ''];
  return title + [...(actions.length === 0 ? [] : toDo), ...gaps].join('\n');
}

function bulleted(sentence: string): string {
  return `- ${asMarkdown(sentence)}`;
}

/** Has Markdown show a text as it is: names and paths of the workspace are in it. */
function asMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
