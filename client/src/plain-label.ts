/**
 * Returns a text that VS Code shows as it is: in quick picks `$(name)` is an icon, so that a command in `$(…)` of a script
 * would not be seen.
 */
export function plainLabel(text: string): string {
  return text.replace(/\$\((?=[a-z0-9~-]+\))/gi, '\\$(');
}
