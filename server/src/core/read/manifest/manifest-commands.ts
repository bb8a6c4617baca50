import { parseJsonTree } from '../text/json/json-tree.ts';
import { memoizeOf } from '../text/remember-of.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from './manifest.ts';

/** A command that a manifest's `bin` adds to `node_modules/.bin` where the package is installed or linked. */
export interface ManifestCommand {
  readonly name: string;
  /** The token of the key, or of the target if `bin` is one for the package's own name. */
  readonly span: Span;
  /** The file, relative to the manifest's folder; undefined if it is not written as a string. */
  readonly path: string | undefined;
}

/** Returns the commands of a manifest's `bin`, in source order. */
export const manifestCommands: (manifest: Manifest) => readonly ManifestCommand[] = memoizeOf(
  ({ text, name }) => {
    if (!/"bin"|\\u00/.test(text)) return [];
    const { root } = parseJsonTree(text, { trailingCommas: false });
    if (root?.type !== 'object') return [];
    const bin = root.members.findLast(({ key }) => key === 'bin')?.value;
    if (bin?.type === 'string' && name !== undefined)
      return [{ name: name.value.slice(name.value.lastIndexOf('/') + 1), span: bin.span, path: bin.value }];
    if (bin?.type !== 'object') return [];
    return bin.members.map(({ key, keySpan, value }) => ({
      name: key,
      span: keySpan,
      path: value?.type === 'string' ? value.value : undefined,
    }));
  },
);

/**
 * Returns the folder in which each file is a command, from `directories.bin`; undefined if there is none, or `bin`
 * takes precedence.
 */
export function commandFolder({ text }: Manifest): string | undefined {
  if (!/"directories"|\\u00/.test(text)) return undefined;
  const { root } = parseJsonTree(text, { trailingCommas: false });
  if (root?.type !== 'object') return undefined;
  const field = (name: string) => root.members.findLast(({ key }) => key === name)?.value;
  const directories = field('directories');
  if (field('bin') !== undefined || directories?.type !== 'object') return undefined;
  const folder = directories.members.findLast(({ key }) => key === 'bin')?.value;
  return folder?.type === 'string' ? folder.value : undefined;
}
