import { parseJsonTree } from '../text/json-tree.ts';
import { rememberOf } from '../text/remember-of.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from './manifest.ts';

/** A command that a manifest's `bin` puts into `node_modules/.bin` where the package is installed or linked. */
export interface ManifestCommand {
  readonly name: string;
  /** The key's token; that of the target where `bin` is one for the package's own name. */
  readonly span: Span;
}

/** Returns the commands of a manifest's `bin`, in the order of the text. */
export const manifestCommands: (manifest: Manifest) => readonly ManifestCommand[] = rememberOf(
  ({ text, name }) => {
    if (!/"(?:b|\\u0062)/.test(text)) return [];
    const { root } = parseJsonTree(text, { trailingCommas: false });
    if (root?.type !== 'object') return [];
    const bin = root.members.findLast(({ key }) => key === 'bin')?.value;
    if (bin?.type === 'string' && name !== undefined)
      return [{ name: name.value.slice(name.value.lastIndexOf('/') + 1), span: bin.span }];
    if (bin?.type !== 'object') return [];
    return bin.members.map(({ key, keySpan }) => ({ name: key, span: keySpan }));
  },
);
