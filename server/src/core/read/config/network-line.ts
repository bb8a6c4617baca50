import type { Uri } from '../text/paths/uri.ts';
import type { NetworkSetting } from './network-settings.ts';
import type { ConfigNode } from './tree/config-tree.ts';

interface ConfigFile {
  readonly uri: Uri;
  readonly text: string;
  readonly level: 'project' | 'user';
}

/**
 * Returns a setting of a YAML or TOML file as npm would write it: a string, a boolean, or a list of strings joined like
 * npm joins them. Undefined if it is unset, or holds a variable that `expand` did not replace.
 */
export function writtenSetting(
  { uri, text, level }: ConfigFile,
  node: ConfigNode | undefined,
  expand: (text: string) => string | undefined,
): NetworkSetting | undefined {
  const written = node === undefined ? undefined : textIn(node);
  const value = written === undefined ? undefined : expand(written);
  if (node === undefined || value === undefined || value === '' || value.includes('${')) return undefined;
  return { value, source: { type: 'config', uri, text, level, span: node.span } };
}

function textIn(node: ConfigNode): string | undefined {
  switch (node.type) {
    case 'scalar':
      return node.value === null ? undefined : node.text;
    case 'list':
      return node.items.map((item) => (item.type === 'scalar' ? item.text : '')).join('\n\n');
    case 'map':
      return undefined;
  }
}
