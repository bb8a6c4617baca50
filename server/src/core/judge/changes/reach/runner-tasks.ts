import type { JsonNode } from '../../../read/text/json/json-node.ts';
import type { ReachTools } from './reach-tools.ts';

/** The tasks that a runner runs before each task, in this package and others. */
export type RunnerTasks = ReadonlyMap<string, readonly string[]>;

/** Reads `dependsOn` of the tasks in turbo.json, and of the targets in nx.json. */
export function runnerTasks(text: string, { parseJsonTree }: Pick<ReachTools, 'parseJsonTree'>): RunnerTasks {
  const tasks = new Map<string, string[]>();
  const { root } = parseJsonTree(text, { trailingCommas: true });
  for (const field of ['tasks', 'pipeline', 'targetDefaults'])
    for (const { key, value } of membersOf(memberOf(root, field))) {
      const list = memberOf(value, 'dependsOn');
      const names =
        list?.type === 'array' ? list.members.flatMap(({ value: item }) => taskOf(item) ?? []) : [];
      if (names.length > 0) tasks.set(ownName(key), [...(tasks.get(ownName(key)) ?? []), ...names]);
    }
  return tasks;
}

/** Returns the tasks that run before a task, including itself if it runs in the package's dependencies. */
export function earlierTasks(task: string, tasks: RunnerTasks): readonly string[] {
  const found = new Set(tasks.get(task));
  for (const one of found) for (const earlier of tasks.get(one) ?? []) found.add(earlier);
  return [...found];
}

function taskOf(item: JsonNode): string | undefined {
  if (item.type === 'string') return ownName(item.value);
  const target = memberOf(item, 'target');
  return target?.type === 'string' ? ownName(target.value) : undefined;
}

/** Returns `build` for `^build` and `@acme/b#build`. */
function ownName(task: string): string {
  return task.replace(/^\^/, '').replace(/^.*#/, '');
}

function membersOf(node: JsonNode | undefined) {
  return node?.type === 'object' ? node.members : [];
}

function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return membersOf(node).findLast(({ key }) => key === name)?.value;
}
