import {
  type ConfigMember,
  type ConfigNode,
  entriesIn,
  itemsOf,
  memberOf,
  membersOf,
} from '../config/tree/config-tree.ts';
import { parseYamlTree } from '../config/tree/parse-yaml-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import {
  type Automation,
  type AutomationJob,
  type AutomationStep,
  type ImageUse,
  NO_PARTS,
} from './automation.ts';
import { programCalls } from './program-calls.ts';
import { commandsIn, sourceOf } from './yaml-script.ts';

/** Keys at the top of the file that are no jobs. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...[
    'default',
    'include',
    'stages',
    'variables',
    'workflow',
    'image',
    'services',
    'cache',
    'spec',
    'pages:deploy',
  ],
  ...['before_script', 'after_script'],
]);
const SCRIPTS = ['before_script', 'script', 'after_script'];

/** Reads the pipeline of GitLab, without the files that it includes. Never throws. */
export function readGitlab(uri: Uri, text: string): Automation {
  const { root, problems } = parseYamlTree(text);
  const all = membersOf(root);
  const jobs = all.filter(({ key, value }) => !KEYWORDS.has(key) && value?.type === 'map');
  const shared = all.filter(({ key }) => key === 'default');
  // A script above all jobs runs in each of them; it is read once.
  const top: ConfigMember | undefined = shared[0] ?? all.find(({ key }) => SCRIPTS.includes(key));
  const topNode: ConfigNode | undefined = shared[0]?.value ?? root;
  const first =
    top === undefined
      ? []
      : [jobOf({ ...top, value: topNode }, text)].filter(({ steps }) => steps.length > 0);
  const leaves = first.some(({ steps }) =>
    steps.some(({ commands }) => programCalls(commands).some((call) => call.isElsewhere)),
  );
  return {
    ...{ kind: 'automation', ...NO_PARTS, system: 'gitlab', uri, text, problems },
    env: entriesIn(memberOf(root, 'variables')?.value),
    jobs: [...first, ...jobs.map((job) => jobOf(job, text, leaves))],
    images: [root, shared[0]?.value, ...jobs.map(({ value }) => value)].flatMap(imagesIn),
  };
}

/** @param isElsewhere whether the script above all jobs leaves the folder */
function jobOf({ key, keySpan, value }: ConfigMember, text: string, isElsewhere = false): AutomationJob {
  const allows = memberOf(value, 'allow_failure');
  const ignoresFailure = allows?.value?.type === 'scalar' && allows.value.value === true ? allows : undefined;
  const scripts = (names: readonly string[]) => names.flatMap((name) => memberOf(value, name)?.value ?? []);
  // The first two share a shell, the last has its own.
  const steps = [scripts(SCRIPTS.slice(0, 2)), scripts(SCRIPTS.slice(2))]
    .filter((nodes) => nodes.length > 0)
    .map((nodes) => stepOf(key, nodes, { ignoresFailure, isElsewhere, text }));
  return {
    name: { value: key, span: keySpan },
    env: entriesIn(memberOf(value, 'variables')?.value),
    permissions: undefined,
    hasMatrix: memberOf(memberOf(value, 'parallel')?.value, 'matrix') !== undefined,
    hasEnvironment: memberOf(value, 'environment') !== undefined,
    condition: '',
    steps,
  };
}

function stepOf(
  name: string,
  nodes: readonly ConfigNode[],
  {
    ignoresFailure,
    isElsewhere,
    text,
  }: Pick<AutomationStep, 'ignoresFailure' | 'isElsewhere'> & { readonly text: string },
): AutomationStep {
  const lines = nodes.flatMap((node) => (node.type === 'list' ? flat(node) : [node]));
  const scripts = lines.flatMap((line) => (line.type === 'scalar' ? [sourceOf(line, text)] : []));
  return {
    ...{ name, span: nodes[0]!.span, uses: undefined, with: [], env: [], condition: '', ignoresFailure },
    ...{ isElsewhere, script: undefined, instruction: undefined },
    commands: scripts.flatMap(commandsIn),
  };
}

/** Lists of lists are joined, as with `!reference` and anchors. */
function flat(node: ConfigNode): readonly ConfigNode[] {
  return itemsOf(node).flatMap((item) => (item.type === 'list' ? itemsOf(item) : [item]));
}

function imagesIn(node: ConfigNode | undefined): readonly ImageUse[] {
  return [memberOf(node, 'image')?.value, ...itemsOf(memberOf(node, 'services')?.value)].flatMap(
    (value): readonly ImageUse[] => {
      const image = value?.type === 'map' ? memberOf(value, 'name')?.value : value;
      return image?.type === 'scalar'
        ? [{ image: { value: image.text, span: image.span }, place: 'image' }]
        : [];
    },
  );
}
