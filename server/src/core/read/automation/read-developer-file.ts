import type { JsonNode } from '../text/json/json-node.ts';
import { parseJsonTree, propertyOf } from '../text/json/json-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ScriptWord } from '../text/shell/read-shell-script.ts';
import { insideQuotes, type Span } from '../text/span.ts';
import { type Automation, type AutomationJob, MAX_AUTOMATION_LENGTH, NO_PARTS } from './automation.ts';
import { plainJob } from './plain-job.ts';
import { commandsIn, sourceOf } from './yaml-script.ts';

/** The commands of a development container, in the order in which they run. The first runs on the host. */
const COMMANDS = [
  'initializeCommand',
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
];

/** Reads the servers that coding agents start, or the commands of a development container. Never throws. */
export function readDeveloperFile(uri: Uri, text: string, system: 'mcp' | 'devcontainer'): Automation {
  const isTooLong = text.length > MAX_AUTOMATION_LENGTH;
  const { root, problems } = parseJsonTree(isTooLong ? '' : text, { trailingCommas: true });
  const jobs = system === 'mcp' ? serversIn(root) : containerJobs(root, text);
  const whole = isTooLong
    ? [{ message: 'It is too long to be read.', span: { start: 0, end: 0 } }]
    : problems;
  return { kind: 'automation', ...NO_PARTS, system, uri, text, problems: whole, jobs };
}

/** Reads a hook of git, which is a shell script. */
export function readHook(uri: Uri, text: string): Automation {
  const script = { value: text.slice(0, MAX_AUTOMATION_LENGTH), span: { start: 0, end: text.length } };
  const name = { value: uri.slice(uri.lastIndexOf('/') + 1), span: { start: 0, end: 0 } };
  const jobs = [plainJob(name, script.span, commandsIn(script), script)];
  return { kind: 'automation', ...NO_PARTS, system: 'hook', uri, text, problems: [], jobs };
}

/** Returns the servers of the Model Context Protocol that a file starts as programs. */
export function serversIn(root: JsonNode | undefined): readonly AutomationJob[] {
  return ['mcpServers', 'servers'].flatMap((key) => {
    const servers = propertyOf(root, key)?.value;
    if (servers?.type !== 'object') return [];
    return servers.members.flatMap(({ key: name, keySpan, value }) => {
      const disabled = propertyOf(value, 'disabled')?.value;
      if (value === undefined || (disabled !== undefined && 'value' in disabled && disabled.value === true))
        return [];
      const args = propertyOf(value, 'args')?.value;
      const nodes = args?.type === 'array' ? args.members.map((item) => item.value) : [];
      const words = wordsOf([propertyOf(value, 'command')?.value, ...nodes]);
      return jobOf(name, keySpan, value.span, words);
    });
  });
}

function containerJobs(root: JsonNode | undefined, text: string): readonly AutomationJob[] {
  return COMMANDS.flatMap((key) => {
    const property = propertyOf(root, key);
    const value = property?.value;
    if (property === undefined || value === undefined) return [];
    const parts = value.type === 'object' ? value.members.map((member) => member.value) : [value];
    return parts.flatMap((part) => {
      if (part?.type === 'array')
        return jobOf(key, property.keySpan, part.span, wordsOf(part.members.map((item) => item.value)));
      if (part?.type !== 'string') return [];
      const script = sourceOf({ type: 'scalar', value: part.value, text: part.value, span: part.span }, text);
      return [plainJob({ value: key, span: property.keySpan }, part.span, commandsIn(script), script)];
    });
  });
}

function jobOf(
  name: string,
  nameSpan: Span,
  span: Span,
  words: readonly ScriptWord[] | undefined,
): readonly AutomationJob[] {
  if (words === undefined || words.length === 0) return [];
  return [plainJob({ value: name, span: nameSpan }, span, [{ words, after: undefined }], undefined)];
}

/** Returns undefined unless all are strings. On Windows programs of npm are started through `cmd /c`. */
function wordsOf(nodes: readonly (JsonNode | undefined)[]): readonly ScriptWord[] | undefined {
  const words: ScriptWord[] = [];
  for (const node of nodes) {
    if (node?.type !== 'string') return undefined;
    const { value: text, span } = node;
    words.push({ text, span: insideQuotes(span), isVariable: /\$\{|\$[A-Za-z]/.test(text) });
  }
  const isShell = /^cmd(?:\.exe)?$/i.test(words[0]?.text ?? '') && /^\/c$/i.test(words[1]?.text ?? '');
  return isShell ? words.slice(2) : words;
}
