import type { Automation, Autorun } from '../../read/automation/automation.ts';
import type { Severity } from '../../read/text/finding.ts';
import { removeProperty } from '../../read/text/json/json-edit.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import { shellCommands } from '../../read/text/shell/shell-words.ts';
import { defineRule } from '../check/rule.ts';

/**
 * A command that starts when a folder is opened. An error if it downloads or hides what it runs, information for a script of
 * package.json. Not reported: hooks of agents that run a tool by its name, and hooks of other events. Known false positives: a
 * task that the project wants, which can be accepted.
 */
interface AutorunFile {
  readonly trigger: string;
  readonly command: string | null;
  readonly isSuspicious: boolean;
  readonly file: string;
}

export const editorAutorunFile = defineRule<AutorunFile, Record<string, never>>({
  id: 'editor-autorun-file',
  category: 'automation',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A command of the repository that an editor or agent runs when the folder is opened.',
    why: `A task with \`"runOn": "folderOpen"\`, or a hook of a coding agent for the start of a session, runs code of the repository
before anybody has looked at it. Worms on the registry add such files to every repository that they reach, so that they run
again on the next machine.

A command that downloads something, or hides what it runs, is an error. A script of package.json is information. Hooks are
reported if they run a file of the repository.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .vscode/tasks.json --
{
  "version": "2.0.0",
  "tasks": [
    {
      "label": "setup",
      "type": "shell",
      "command": "node .vscode/setup.mjs",
      "runOptions": { "runOn": "folderOpen" }
                               ^^^^^^^^^^^^ editor-autorun-file
    }
  ]
}
`,
    good: `-- package.json --
{ "name": "shop" }
-- .vscode/tasks.json --
{
  "version": "2.0.0",
  "tasks": [
    {
      "label": "setup",
      "type": "shell",
      "command": "node .vscode/setup.mjs"
    }
  ]
}
`,
  },
  check: {
    *automation(file) {
      for (const autorun of file.autoruns) {
        const severity = severityOf(autorun, file);
        if (severity === undefined) continue;
        const { trigger, command } = autorun;
        const isSuspicious = severity === 'error';
        const data = {
          trigger: trigger.value,
          command: command?.value.slice(0, MOST_SHOWN) ?? null,
          isSuspicious,
          file: nameOf(file.uri),
        };
        const related =
          command === undefined ? [] : [{ uri: file.uri, span: command.span, message: 'Runs this' }];
        yield { span: trigger.span, data, related, severity };
      }
    },
  },
  message({ data: { trigger, command, isSuspicious } }) {
    const what = command === null ? 'A task' : `"${command}"`;
    const when = trigger === 'folderOpen' ? 'when the folder is opened' : `on ${trigger} of a coding agent`;
    const verdict = isSuspicious ? ', and downloads or hides what it runs' : '';
    return `${what} runs by itself ${when}${verdict}. Review it, and start it by hand.`;
  },
  *fix({ span }, { file, uri }) {
    if (file.kind !== 'automation') return;
    const property = file.autoruns.find((autorun) => autorun.trigger.span.start === span.start)?.property;
    const edits = property === undefined ? undefined : removeProperty(file.text, property);
    if (edits === undefined) return;
    yield {
      title: 'Remove "runOptions"',
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});

const MOST_SHOWN = 100;
const SUSPICIOUS =
  /\b(?:curl|wget|Invoke-WebRequest|iwr|iex)\b|\bbase64\b|\beval\b|https?:\/\/|\b(?:node|bun|python3?) +-(?:e|c|p)\b|\\x[\da-f]{2}/i;
const AT_START: ReadonlySet<string> = new Set(['SessionStart', 'Setup']);
const INTERPRETER = /^(?:node|bun|deno|python3?|sh|bash|zsh|pwsh|powershell)$/i;

function severityOf({ trigger, command }: Autorun, { system }: Automation): Severity | undefined {
  if (command !== undefined && SUSPICIOUS.test(command.value))
    return system === 'tasks' || AT_START.has(trigger.value) ? 'error' : undefined;
  if (system === 'tasks')
    return command === undefined || runsScript(command.value) ? 'information' : 'warning';
  if (command === undefined || !AT_START.has(trigger.value)) return undefined;
  return runsFile(command.value) ? 'warning' : undefined;
}

function runsScript(command: string): boolean {
  const commands = shellCommands(command);
  return commands.every(([program, ...words]) => {
    const isInterpreter = INTERPRETER.test(program?.text ?? '');
    const hasPath = [program, ...words].some((word) => /[/\\]|\.\w?[jt]s$/.test(word?.text ?? ''));
    return !isInterpreter && !hasPath;
  });
}

/** Checks for an interpreter with a file, or a program with a folder. */
function runsFile(command: string): boolean {
  return shellCommands(command).some(([program, ...words]) => {
    if (program === undefined) return false;
    if (/^(?:\.{1,2}\/|\$\w+\/|\.\w)/.test(program.text)) return true;
    return INTERPRETER.test(program.text) && words.some(({ text }) => /\.\w+$|\//.test(text));
  });
}
