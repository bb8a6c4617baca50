import { type ConfigNode, itemsOf, membersOf } from '../config/tree/config-tree.ts';
import { parseYamlTree } from '../config/tree/parse-yaml-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import { type Automation, type AutomationJob, NO_PARTS } from './automation.ts';
import { plainJob } from './plain-job.ts';
import { commandsIn, sourceOf } from './yaml-script.ts';

const DEEPEST = 8;

/** Reads the commands of git hooks that lefthook runs: each `run`, wherever it is. Never throws. */
export function readLefthook(uri: Uri, text: string): Automation {
  const { root, problems } = parseYamlTree(text);
  return {
    kind: 'automation',
    ...NO_PARTS,
    system: 'hook',
    uri,
    text,
    problems,
    jobs: runsIn(root, text, 0),
  };
}

function runsIn(node: ConfigNode | undefined, text: string, depth: number): readonly AutomationJob[] {
  if (depth > DEEPEST) return [];
  const items = itemsOf(node).flatMap((item) => runsIn(item, text, depth + 1));
  const members = membersOf(node).flatMap(({ key, keySpan, value }) => {
    if (key !== 'run' || value?.type !== 'scalar') return runsIn(value, text, depth + 1);
    const script = sourceOf(value, text);
    return [plainJob({ value: key, span: keySpan }, value.span, commandsIn(script), script)];
  });
  return [...items, ...members];
}
