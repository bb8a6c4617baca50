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
  NO_PARTS,
} from './automation.ts';
import { commandsIn, sourceOf } from './yaml-script.ts';

/** Reads the jobs and reusable commands of CircleCI, without orbs. Never throws. */
export function readCircle(uri: Uri, text: string): Automation {
  const { root, problems } = parseYamlTree(text);
  const jobs = membersOf(memberOf(root, 'jobs')?.value);
  const commands = membersOf(memberOf(root, 'commands')?.value);
  const executors = membersOf(memberOf(root, 'executors')?.value);
  return {
    ...{ kind: 'automation', ...NO_PARTS, system: 'circleci', uri, text, problems },
    jobs: [...commands, ...jobs].map(({ key, keySpan, value }) => {
      const isElsewhere = isOtherFolder(value);
      const steps = itemsOf(memberOf(value, 'steps')?.value).map((step) => {
        const run = memberOf(step, 'run')?.value;
        const command = run?.type === 'map' ? memberOf(run, 'command')?.value : run;
        return stepOf(command, { step, settings: run, text, isElsewhere: isElsewhere || isOtherFolder(run) });
      });
      const env = entriesIn(memberOf(value, 'environment')?.value);
      return jobOf({ value: key, span: keySpan }, env, steps);
    }),
    images: [...executors, ...jobs].flatMap(({ value }) =>
      itemsOf(memberOf(value, 'docker')?.value).flatMap((item) => imageIn(memberOf(item, 'image')?.value)),
    ),
  };
}

/** Reads the stages, jobs and steps of Azure Pipelines, without templates. Never throws. */
export function readAzure(uri: Uri, text: string): Automation {
  const { root, problems } = parseYamlTree(text);
  const stages = itemsOf(memberOf(root, 'stages')?.value);
  const jobs = [root, ...stages].flatMap((node) => itemsOf(memberOf(node, 'jobs')?.value));
  const holders = [root, ...jobs].flatMap((node): readonly (readonly [ConfigNode, ConfigMember])[] => {
    const steps = memberOf(node, 'steps');
    return node === undefined || steps === undefined ? [] : [[node, steps]];
  });
  return {
    ...{ kind: 'automation', ...NO_PARTS, system: 'azure', uri, text, problems },
    jobs: holders.map(([node, { key, keySpan, value }]) => {
      const name = memberOf(node, 'job')?.value;
      const steps = itemsOf(value).map((step) => {
        const command = (memberOf(step, 'script') ?? memberOf(step, 'bash'))?.value;
        return stepOf(command, { step, settings: step, text, isElsewhere: isOtherFolder(step) });
      });
      const located =
        name?.type === 'scalar' ? { value: name.text, span: name.span } : { value: key, span: keySpan };
      return jobOf(located, [], steps);
    }),
    images: [root, ...jobs].flatMap((node) => {
      const container = memberOf(node, 'container')?.value;
      return imageIn(container?.type === 'map' ? memberOf(container, 'image')?.value : container);
    }),
  };
}

function jobOf(
  name: Located<string>,
  env: AutomationJob['env'],
  steps: readonly AutomationStep[],
): AutomationJob {
  const nothing = { permissions: undefined, hasMatrix: false, hasEnvironment: false, condition: '' };
  return { name, env, ...nothing, steps };
}

interface StepContext {
  readonly step: ConfigNode;
  /** The map with the name of the step. */
  readonly settings: ConfigNode | undefined;
  readonly text: string;
  readonly isElsewhere: boolean;
}

function stepOf(command: ConfigNode | undefined, context: StepContext): AutomationStep {
  const { step, settings, text, isElsewhere } = context;
  const name = (memberOf(settings, 'name') ?? memberOf(settings, 'displayName'))?.value;
  const script = command?.type === 'scalar' ? sourceOf(command, text) : undefined;
  return {
    ...{
      name: name?.type === 'scalar' ? name.text : '',
      span: step.span,
      uses: undefined,
      with: [],
      env: [],
    },
    ...{ condition: '', ignoresFailure: undefined, isElsewhere, script, instruction: undefined },
    commands: script === undefined ? [] : commandsIn(script),
  };
}

function isOtherFolder(node: ConfigNode | undefined): boolean {
  const folder = (memberOf(node, 'working_directory') ?? memberOf(node, 'workingDirectory'))?.value;
  return (
    folder?.type === 'scalar' &&
    !/^(?:\.\/?|~\/[\w.-]+|\$\(System\.DefaultWorkingDirectory\))$/.test(folder.text)
  );
}

function imageIn(node: ConfigNode | undefined): readonly ImageUse[] {
  return node?.type === 'scalar' ? [{ image: { value: node.text, span: node.span }, place: 'image' }] : [];
}
