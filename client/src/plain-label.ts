import { wrap } from '../../server/src/core/read/text/wrap.ts';

/**
 * Returns a text that VS Code shows as it is: in quick picks `$(name)` is an icon, so that a command in `$(…)` of a script
 * would not be seen.
 */
export function plainLabel(text: string): string {
  return text.replace(/\$\((?=[a-z0-9~-]+\))/gi, '\\$(');
}

/** Wraps a text into lines that a quick pick shows whole: it cuts longer ones. */
export function wrappedLabels(text: string): readonly string[] {
  return wrap(text, COLUMNS).map(plainLabel);
}

/** What fits beside an icon, as VS Code makes its quick pick no wider. */
const COLUMNS = 72;
