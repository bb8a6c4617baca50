import type { Uri } from '../../text/paths/uri.ts';
import { parseYamlTree } from '../tree/parse-yaml-tree.ts';
import { classicYarnrc, readClassicYarnrc } from './read-classic-yarnrc.ts';
import type { Yarnrc, YarnrcLevel } from './yarnrc.ts';

/**
 * Reads a .yarnrc of Yarn 1, which parses a text outside its own grammar as YAML (`parse` in its
 * src/lockfile/parse.js). If the text is neither, the result of the grammar counts. Never throws.
 */
export function readFallbackYarnrc(uri: Uri, text: string, level: YarnrcLevel): Yarnrc {
  const file = readClassicYarnrc(uri, text, level);
  if (file.problems.length === 0) return file;
  const { root, problems } = parseYamlTree(text);
  if (root === undefined || problems.length > 0) return file;
  return classicYarnrc({ uri, text, level }, { members: root.members, problems });
}
