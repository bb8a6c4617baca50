/** What an instruction takes: files and variables with credentials. */
const TAKES =
  /~\/\.(?:aws|ssh|npmrc|config|kube|docker|netrc|gnupg|env)\b|\bid_(?:rsa|ed25519)\b|\.env\b|\.npmrc\b|\bprintenv\b|\boutput of `?env\b|\benvironment variables\b|\b(?:private|secret|api|access|ssh) (?:keys?|tokens?)\b|\bcredentials?\b|\bseed phrases?\b|\bmnemonics?\b|\bpasswords?\b/i;
const SENDS =
  /\b(?:curl|wget|fetch|posts?|sends?|uploads?|includes?|pass(?:es)?|exfiltrate|transmit|forward|attach)\b/i;
const TO = /https?:\/\/|\b(?:parameter|argument|field|webhook|endpoint)\b/i;
/** What it hides from who reads the answers. */
const HIDES =
  /\b(?:do not|don't|never|must not|without) (?:\w+ ){0,3}?(?:mention(?:ing)?|tell(?:ing)?|inform(?:ing)?|ask(?:ing)?|show(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|notify(?:ing)?|display(?:ing)?|report(?:ing)?|confirm(?:ing|ation)?|explain(?:ing)?)\b|\balready (?:approved|authorized|consented)\b/i;

const LONGEST = 100_000;
/** Longer ones are documents. */
const LONGEST_PARAGRAPH = 1500;

/** Returns where a text tells an AI agent to send credentials and to say nothing; -1 if it does not. */
export function agentInstruction(text: string): number {
  const whole = text.slice(0, LONGEST);
  if (!HIDES.test(whole)) return -1;
  // Rules of one paragraph belong together; others are about something else.
  for (const paragraph of whole.split(/\n\s*\n|\n(?=\s*(?:[-*|#>]|\d+\.)\s)/)) {
    if (
      paragraph.length < LONGEST_PARAGRAPH &&
      HIDES.test(paragraph) &&
      TAKES.test(paragraph) &&
      SENDS.test(paragraph) &&
      TO.test(paragraph)
    )
      return whole.indexOf(paragraph);
  }
  return -1;
}

/** Files that AI agents read, or that a package of rules puts where they do. */
const FOR_AGENTS =
  /(?:^|\/)(?:CLAUDE|AGENTS|GEMINI|SKILL|copilot-instructions)(?:\.local)?\.md$|(?:^|\/)\.(?:cursor|windsurf|cline)rules$|\.mdc$|(?:^|\/)(?:rules|skills?|prompts?|agents?|commands|instructions|templates)\/(?:.*\/)?[^/]+\.(?:md|txt)$/i;

export function isForAgents(path: string): boolean {
  return FOR_AGENTS.test(path);
}

/** Settings by which an editor or an agent starts commands when somebody opens a folder or a session. */
const STARTS_ON_OPEN =
  /(?:^|\/)(?:\.vscode\/tasks\.json|\.claude\/settings(?:\.local)?\.json|\.cursor\/hooks\.json|\.gemini\/settings\.json)$/;

export function isStartSetting(path: string): boolean {
  return STARTS_ON_OPEN.test(path);
}

const ON_OPEN =
  /"runOn"\s*:\s*"folderOpen"|"(?:SessionStart|UserPromptSubmit|PreToolUse|PostToolUse|Stop|sessionStart|beforeSubmitPrompt)"\s*:/;

/** Returns the commands of settings that start some at once; undefined if they start none. */
export function startedOnOpen(text: string): readonly string[] | undefined {
  if (!ON_OPEN.test(text)) return undefined;
  const found: string[] = [];
  for (const [, command] of text.slice(0, LONGEST).matchAll(/"command"\s*:\s*("(?:[^"\\\n]|\\.)*")/g))
    try {
      found.push(String(JSON.parse(command!)));
    } catch {
      // Whatever is no text there is no command.
    }
  for (const [, args] of text
    .slice(0, LONGEST)
    .matchAll(/"args"\s*:\s*\[((?:\s*"(?:[^"\\\n]|\\.)*"\s*,?)*)\]/g))
    if (found.length > 0) found[found.length - 1] += ` ${args!.replace(/[",]+/g, ' ').trim()}`;
  return found;
}
