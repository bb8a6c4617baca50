import { appendLines, insertionAt, newlineOf, type TextEdit } from '../../text/edit.ts';
import { scopeNameOf } from './bun-registries.ts';
import type { Bunfig } from './bunfig.ts';

/**
 * Returns the edits that set the registry of a scope in `[install.scopes]` of a bunfig.toml; `file` is undefined if
 * there is none yet. Undefined if the present text has the scopes in a form that no line can be added to.
 */
export function setBunScope(
  file: Pick<Bunfig, 'text' | 'scopes' | 'install'> | undefined,
  scope: string,
  registry: string,
): readonly TextEdit[] | undefined {
  const line = `${keyOf(scope)} = ${JSON.stringify(registry)}`;
  const table = ['[install.scopes]', line];
  if (file === undefined) return [appendLines('', table)];
  const { text, scopes, install } = file;
  const known = scopes.findLast((entry) => scopeNameOf(entry) === scope);
  if (known !== undefined) {
    return known.url === undefined
      ? undefined
      : [{ span: known.url.span, newText: JSON.stringify(registry) }];
  }
  const header = /^[ \t]*\[[ \t]*install[ \t]*\.[ \t]*scopes[ \t]*\][ \t]*(?:#[^\r\n]*)?/m.exec(text);
  if (header !== null) return [insertionAt(header.index + header[0].length, newlineOf(text) + line)];
  // `scopes = { … }` inside `[install]`.
  return install.some(({ key }) => key === 'scopes') ? undefined : [appendLines(text, table)];
}

/** Bun accepts a scope with or without its @; without it, a bare key is enough. */
function keyOf(scope: string): string {
  const name = scope.replace(/^@/, '');
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}
