import { isSourceName } from '../../read/source/parse-source.ts';
import { suspiciousScript } from '../scripts/suspicious-script.ts';
import type { Recorder } from './recorder.ts';
import { agentInstruction, isForAgents, isStartSetting, startedOnOpen } from './scan/agent-texts.ts';
import { findHidden } from './scan/raw-text.ts';

/** Commands that get their code from elsewhere, or that run a file which is no code. */
const STARTS_OTHER =
  /\b(?:curl|wget|iwr|Invoke-WebRequest)\b[^\n]*https?:|\b(?:node|bun|python3?|sh|bash)\s+(?:\S+\s+)*?[^\s"']+\.(?:woff2?|ttf|png|jpe?g|gif|svg|css|txt|md|dat|bin|lock)\b/i;

/** Checks for files that are no code, but that AI agents read or editors start commands from. */
export function isOfAgents(path: string): boolean {
  return isForAgents(path) || isStartSetting(path);
}

/** Reads what the files of a package tell AI agents, and what editors start because of them. */
export function readAgentFiles(files: ReadonlyMap<string, string>, found: Recorder): void {
  const when = { isLoaded: false, isInstall: false };
  for (const [path, text] of files) {
    if (isStartSetting(path)) {
      const commands = startedOnOpen(text);
      if (commands === undefined) continue;
      found.add('persistence', 'opened folders', path, 1);
      found.sign('runs-on-open', path, 1, when);
      if (commands.some((one) => STARTS_OTHER.test(one) || suspiciousScript(one) !== undefined))
        found.sign('suspicious-command', path, 1, when);
    } else if (isForAgents(path) && !isSourceName(path)) {
      const at = agentInstruction(text);
      if (at !== -1) {
        found.add('tampering', 'instructions for agents', path, 1);
        found.sign('instructs-agents', path, text.slice(0, at).split('\n').length, when);
      }
      for (const { sign, detail } of findHidden(text).filter((one) => one.sign === 'invisible-text')) {
        found.add('obfuscation', detail, path, 1);
        found.sign(sign, path, 1, when);
      }
    }
  }
}
