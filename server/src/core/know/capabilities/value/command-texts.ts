import { parseShellLine } from '../../scripts/shell-line.ts';
import { type Plain, plain, readsCode } from '../../scripts/shell-programs.ts';
import { Label } from './labels.ts';
import { credentialKinds } from './text-labels.ts';
import { pieceOf, UNKNOWN, type Value } from './value.ts';

/** Returns the commands that a call may start, for each of the values that its arguments may have. */
export function commandTexts(args: readonly Value[]): readonly string[] {
  const [first = UNKNOWN, second] = args;
  const firsts = [first, ...(first.others ?? [])];
  const seconds = second === undefined ? [] : [second, ...(second.others ?? [])];
  const texts = new Set<string>();
  for (let at = 0; at < Math.max(firsts.length, seconds.length); at++) {
    const next = seconds[at] ?? second;
    texts.add(commandText(next === undefined ? [firsts[at] ?? first] : [firsts[at] ?? first, next]));
  }
  return [...texts];
}

/** Returns the command that a call of a process starts, as far as it is known. */
function commandText(args: readonly Value[]): string {
  const [first = UNKNOWN, second] = args;
  // `process.binding('spawn_sync').spawn({ file, args })`
  const bound = first.members?.has('file') === true ? first.members.get('args')?.list : undefined;
  const given = bound ?? second?.list;
  const program = isOwnRuntime(first) ? 'node' : (pieceOf(first) ?? '…');
  // A list has no words that a shell divides.
  const words = bound === undefined ? [program] : [];
  for (const word of given ?? []) words.push(quoted(pieceOf(word) ?? '…'));
  return words.join(' ').slice(0, LONGEST_COMMAND);
}

const LONGEST_COMMAND = 4000;

/** Checks for the program that runs the code itself. */
function isOwnRuntime({ ref }: Value): boolean {
  return /^(?:(?:mod:)?process\.(?:execPath|argv0)|(?:mod:)?process\.argv\.0)$/.test(ref ?? '');
}

function quoted(word: string): string {
  return /[\s;&|<>()]/.test(word) && !word.includes("'") ? `'${word}'` : word;
}

/** Returns the interpreter that takes code from its input, by the commands that a call may start. */
export function inputReader(args: readonly Value[]): string | undefined {
  for (const text of commandTexts(args)) {
    const pipelines = parseShellLine(text);
    const [command] = pipelines.length === 1 ? pipelines[0]! : [];
    const own = command && plain(command);
    if (own !== undefined && (readsCode(own) || isPowerShellInput(own))) return own.program;
  }
  return undefined;
}

function isPowerShellInput({ program, args }: Plain): boolean {
  return /^(?:powershell|pwsh)$/i.test(program) && args.at(-1)?.text === '-';
}

/** Returns what the output of a command is. */
export function commandLabels(command: string): number {
  let labels = 0;
  if (
    /\b(?:gh auth token|npm (?:token|config get \S*_?auth|config get \/\/)|security find-(?:generic|internet)-password|git credential|aws (?:configure get|sts|secretsmanager)|gcloud auth print|az account get-access-token|kubectl (?:get|config view)|op (?:read|item)|printenv|trufflehog|gitleaks)\b/.test(
      command,
    ) ||
    (/\b(?:cat|type|tar|zip|grep)\b/.test(command) && credentialKinds(command).length > 0)
  )
    labels |= Label.credential;
  if (
    /^(?:\S*\/)?(?:whoami|hostname|ifconfig|ipconfig|systeminfo|id|uname -a|ip addr|arp|netstat|tasklist|ps aux|git config (?:--(?:get|global) ){0,2}user\.(?:email|name))\b/.test(
      command,
    )
  )
    labels |= Label.machine;
  if (/^(?:printenv|env|set)$/.test(command.trim())) labels |= Label.environment;
  if (READS_CLIPBOARD.test(command)) labels |= Label.clipboard;
  return labels;
}

export const READS_CLIPBOARD = /\b(?:pbpaste|xclip\b.*-o|xsel\b.*-(?:o|-output)|Get-Clipboard|wl-paste)\b/;

/** Checks for a command that sends what it reads. */
export function sendsInput(command: string): boolean {
  return /(?:^|[\s;&|("'/])(?:curl|wget|nc|ncat|netcat|socat|openssl s_client|ssh|sftp|ftp|telnet|sendmail|mail|Invoke-WebRequest|iwr)(?:\.exe)?\s/.test(
    command,
  );
}
