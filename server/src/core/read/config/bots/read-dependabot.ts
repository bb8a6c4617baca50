import type { Uri } from '../../text/paths/uri.ts';
import { type ConfigNode, itemsOf, memberOf, textOf, textsIn } from '../tree/config-tree.ts';
import { parseYamlTree } from '../tree/parse-yaml-tree.ts';
import type { BotCooldown } from './bot-cooldown.ts';

const DAY = 24 * 60 * 60 * 1000;
const ECOSYSTEMS: ReadonlySet<string> = new Set(['npm', 'bun']);

/**
 * Reads the cooldowns of a dependabot.yml, as far as they apply to all packages: `default-days` of each update of npm
 * packages. Never throws.
 */
export function readDependabot(uri: Uri, text: string): readonly BotCooldown[] {
  const { root } = parseYamlTree(text);
  return itemsOf(memberOf(root, 'updates')?.value).flatMap((update) => {
    const ecosystem = textOf(memberOf(update, 'package-ecosystem')?.value)?.value ?? '';
    const cooldown = memberOf(update, 'cooldown')?.value;
    const days = memberOf(cooldown, 'default-days')?.value;
    // An include list leaves the other packages without a cooldown.
    if (!ECOSYSTEMS.has(ecosystem) || memberOf(cooldown, 'include') !== undefined) return [];
    if (days?.type !== 'scalar' || typeof days.value !== 'number' || days.value < 0) return [];
    return [{ bot: 'Dependabot', uri, span: days.span, age: days.value * DAY, folders: foldersOf(update) }];
  });
}

function foldersOf(update: ConfigNode): readonly string[] {
  const one = textOf(memberOf(update, 'directory')?.value);
  const all = one === undefined ? textsIn(memberOf(update, 'directories')?.value) : [one];
  return all.map(({ value }) => value.replace(/^\/+|\/+$/g, ''));
}
