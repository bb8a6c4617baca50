import type { JsonNode, JsonProperty } from '../text/json/json-node.ts';
import { parseJsonTree, propertyOf, stringOf } from '../text/json/json-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Located } from '../text/span.ts';
import { type Automation, type Autorun, MAX_AUTOMATION_LENGTH, NO_PARTS } from './automation.ts';
import { serversIn } from './read-developer-file.ts';

/** Events of coding agents that need no action of the user besides opening the folder or asking a question. */
const EVENTS: ReadonlySet<string> = new Set([
  ...[
    'SessionStart',
    'UserPromptSubmit',
    'PreToolUse',
    'PostToolUse',
    'Stop',
    'SubagentStop',
    'Notification',
  ],
  ...['PreCompact', 'SessionEnd', 'BeforeTool', 'AfterTool', 'BeforeAgent', 'AfterAgent', 'Setup'],
]);

/** Reads the tasks that VS Code starts when it opens a folder, and the hooks of coding agents. Never throws. */
export function readEditorFile(uri: Uri, text: string, system: 'tasks' | 'agent'): Automation {
  if (text.length > MAX_AUTOMATION_LENGTH) {
    const problems = [{ message: 'It is too long to be read.', span: { start: 0, end: 0 } }];
    return { kind: 'automation', ...NO_PARTS, system, uri, text, problems };
  }
  const { root, problems } = parseJsonTree(text, { trailingCommas: true });
  const autoruns = system === 'tasks' ? tasksIn(root) : hooksIn(root);
  const jobs = system === 'agent' ? serversIn(root) : [];
  return { kind: 'automation', ...NO_PARTS, system, uri, text, problems, autoruns, jobs };
}

function tasksIn(root: JsonNode | undefined): readonly Autorun[] {
  return itemsIn(propertyOf(root, 'tasks')?.value).flatMap((task) => {
    const options = propertyOf(task, 'runOptions');
    const runOn = propertyOf(options?.value, 'runOn')?.value;
    if (runOn?.type !== 'string' || runOn.value !== 'folderOpen') return [];
    return [
      {
        trigger: { value: runOn.value, span: runOn.span },
        command: commandOf(task),
        property: options?.keySpan,
      },
    ];
  });
}

/** Returns the command with its arguments, at the token of the command. */
function commandOf(task: JsonNode): Located<string> | undefined {
  const command = propertyOf(task, 'command')?.value ?? propertyOf(task, 'script')?.value;
  if (command?.type !== 'string') return undefined;
  const args = itemsIn(propertyOf(task, 'args')?.value).flatMap((arg) => stringOf(arg) ?? []);
  return { value: [command.value, ...args].join(' '), span: command.span };
}

function hooksIn(root: JsonNode | undefined): readonly Autorun[] {
  return membersIn(propertyOf(root, 'hooks')?.value)
    .filter(({ key }) => EVENTS.has(key))
    .flatMap(({ key, keySpan, value }) =>
      itemsIn(value).flatMap((matcher) =>
        itemsIn(propertyOf(matcher, 'hooks')?.value).flatMap((hook) => {
          const command = propertyOf(hook, 'command')?.value;
          if (command?.type !== 'string') return [];
          return [
            {
              trigger: { value: key, span: keySpan },
              command: { value: command.value, span: command.span },
              property: undefined,
            },
          ];
        }),
      ),
    );
}

function itemsIn(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? node.members.map(({ value }) => value) : [];
}

function membersIn(node: JsonNode | undefined): readonly JsonProperty[] {
  return node?.type === 'object' ? node.members : [];
}
