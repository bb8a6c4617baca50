import { maskSecrets } from '../../read/text/secrets/mask-secrets.ts';

const SECRET = String.raw`[\w-]*(?:token|auth|passw|passphrase|secret|api-?key|credential)[\w-]*`;
const VALUE = String.raw`(?!["']?\$)(?:"[^"]*"|'[^']*'|[^\s"']+)`;
/** `--token=x`, `NPM_TOKEN=x`; variables of a shell stay. */
const ASSIGNED = new RegExp(String.raw`((?:^|\s)-{0,2}${SECRET}=)${VALUE}`, 'gi');
/** `--token x` in the text of a shell. */
const FOLLOWED = new RegExp(String.raw`((?:^|\s)--?${SECRET}\s+)(?!-)${VALUE}`, 'gi');
const OPTION = new RegExp(`^--?${SECRET}$`, 'i');

/** Formats the words of a command on one line, without secrets as far as their form or the option before them shows them. */
export function maskWords(words: readonly string[]): string {
  const shown = words.map((word, at) => {
    if (at > 0 && OPTION.test(words[at - 1]!) && !word.startsWith('-')) return '***';
    return maskSecrets(word).replace(ASSIGNED, '$1***').replace(FOLLOWED, '$1***');
  });
  return shown.join(' ').replaceAll(/\s+/g, ' ');
}
