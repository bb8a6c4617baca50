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
import type { Located } from '../text/span.ts';
import {
  type Automation,
  type AutomationJob,
  type AutomationStep,
  type ImageUse,
  MAX_AUTOMATION_LENGTH,
  NO_PARTS,
} from './automation.ts';
import { commandsIn, sourceOf } from './yaml-script.ts';

/** Reads a GitHub workflow or a composite action, as far as it is one. Never throws. */
export function readWorkflow(uri: Uri, text: string, system: 'github' | 'action'): Automation {
  const { root, problems } = parseYamlTree(text.slice(0, MAX_AUTOMATION_LENGTH + 1));
  const jobs =
    system === 'github'
      ? membersOf(memberOf(root, 'jobs')?.value).map((member) => readJob(member, root, text))
      : actionJobs(root, text);
  return {
    ...{ kind: 'automation', ...NO_PARTS, system, uri, text, problems, jobs },
    triggers: triggersIn(memberOf(root, 'on')?.value),
    env: entriesIn(memberOf(root, 'env')?.value),
    permissions: memberOf(root, 'permissions'),
    images: [
      ...membersOf(memberOf(root, 'jobs')?.value).flatMap(({ value }) => jobImages(value)),
      ...jobs.flatMap(({ steps }) => steps.flatMap(({ uses }) => imageInUses(uses))),
    ],
  };
}

function triggersIn(node: ConfigNode | undefined): readonly Located<string>[] {
  if (node?.type === 'map') return membersOf(node).map(({ key, keySpan }) => ({ value: key, span: keySpan }));
  const items = node?.type === 'list' ? itemsOf(node) : node === undefined ? [] : [node];
  return items.flatMap((item) => (item.type === 'scalar' ? [{ value: item.text, span: item.span }] : []));
}

function actionJobs(root: ConfigNode | undefined, text: string): readonly AutomationJob[] {
  const runs = memberOf(root, 'runs');
  const steps = memberOf(runs?.value, 'steps');
  if (runs === undefined || steps === undefined) return [];
  const name = { value: runs.key, span: runs.keySpan };
  const job = {
    name,
    env: [],
    permissions: undefined,
    hasMatrix: false,
    hasEnvironment: false,
    condition: '',
  };
  return [
    { ...job, steps: itemsOf(steps.value).map((step) => readStep(step, { text, isElsewhere: false })) },
  ];
}

function readJob(
  { key, keySpan, value }: ConfigMember,
  root: ConfigNode | undefined,
  text: string,
): AutomationJob {
  const isElsewhere = hasDirectory(root) || hasDirectory(value);
  const uses = memberOf(value, 'uses');
  const steps = itemsOf(memberOf(value, 'steps')?.value).map((step) => readStep(step, { text, isElsewhere }));
  // A reusable workflow takes the place of the steps.
  const called = uses === undefined || value === undefined ? [] : [readStep(value, { text, isElsewhere })];
  return {
    name: { value: key, span: keySpan },
    env: entriesIn(memberOf(value, 'env')?.value),
    permissions: memberOf(value, 'permissions'),
    hasMatrix: memberOf(memberOf(value, 'strategy')?.value, 'matrix') !== undefined,
    hasEnvironment: memberOf(value, 'environment') !== undefined,
    condition: textAt(value, 'if'),
    steps: [...called, ...steps],
  };
}

function hasDirectory(node: ConfigNode | undefined): boolean {
  const run = memberOf(memberOf(node, 'defaults')?.value, 'run')?.value;
  return isOtherFolder(textAt(run, 'working-directory'));
}

function isOtherFolder(path: string): boolean {
  return !/^(?:|\.|\.\/|\$\{\{ *github\.workspace *\}\}\/?)$/.test(path);
}

interface StepContext {
  readonly text: string;
  readonly isElsewhere: boolean;
}

function readStep(node: ConfigNode, { text, isElsewhere }: StepContext): AutomationStep {
  const uses = memberOf(node, 'uses')?.value;
  const run = memberOf(node, 'run')?.value;
  const script = run?.type === 'scalar' ? sourceOf(run, text) : undefined;
  const isShell = /^(?:|bash|sh|bash .*|sh .*)$/.test(textAt(node, 'shell'));
  const ignores = memberOf(node, 'continue-on-error');
  const directory = memberOf(node, 'working-directory');
  return {
    name: textAt(node, 'name'),
    span: node.span,
    uses: uses?.type === 'scalar' ? { value: uses.text, span: uses.span } : undefined,
    with: entriesIn(memberOf(node, 'with')?.value),
    env: entriesIn(memberOf(node, 'env')?.value),
    condition: textAt(node, 'if'),
    ignoresFailure: ignores?.value?.type === 'scalar' && ignores.value.value === true ? ignores : undefined,
    isElsewhere: directory === undefined ? isElsewhere : isOtherFolder(textAt(node, 'working-directory')),
    commands: script === undefined || !isShell ? [] : commandsIn(script),
    script,
    instruction: undefined,
  };
}

function textAt(node: ConfigNode | undefined, key: string): string {
  const value = memberOf(node, key)?.value;
  return value?.type === 'scalar' ? value.text : '';
}

function jobImages(job: ConfigNode | undefined): readonly ImageUse[] {
  const services = membersOf(memberOf(job, 'services')?.value).map(({ value }) => value);
  return [memberOf(job, 'container')?.value, ...services].flatMap((node): readonly ImageUse[] => {
    const image = node?.type === 'map' ? memberOf(node, 'image')?.value : node;
    return image?.type === 'scalar'
      ? [{ image: { value: image.text, span: image.span }, place: 'image' }]
      : [];
  });
}

function imageInUses(uses: Located<string> | undefined): readonly ImageUse[] {
  if (uses?.value.startsWith('docker://') !== true) return [];
  return [{ image: { value: uses.value.slice('docker://'.length), span: uses.span }, place: 'uses' }];
}
