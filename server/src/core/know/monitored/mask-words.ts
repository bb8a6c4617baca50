import { maskSecrets } from '../../read/text/secrets/mask-secrets.ts';

const NAME =
  'token|auth|passw|passphrase|(?<![a-z])pass(?![a-z])|pwd|secret|(?:api|access|account|private)[-_]?key|credential';
const SECRET = String.raw`[\w-]*(?:${NAME})[\w-]*`;
const QUOTED = String.raw`"[^"]*"|'[^']*'`;
const VALUE = String.raw`(?!["']?\$)(?:${QUOTED}|[^\s"']+)`;
/** `--token=x`, `NPM_TOKEN=x`; variables of a shell stay. */
const ASSIGNED = new RegExp(String.raw`((?:^|\s)-{0,2}${SECRET}=)${VALUE}`, 'gi');
/** `--token x` in the text of a shell. */
const FOLLOWED = new RegExp(String.raw`((?:^|\s)["']?--?${SECRET}["']?\s+)(?!-)${VALUE}`, 'gi');
/** `X-Api-Key: x` of a header, and `"password":"x"` of JSON. */
const STATED = new RegExp(
  String.raw`((?:^|[\s="'{,])${SECRET}(?:\s*:\s+|["']\s*:\s*))(?!["']?\$)(?:${QUOTED}|[^"']+)`,
  'gi',
);
/** `--user name:x` of curl and others; numbers are users of the system. */
const USER = /((?:^|\s)(?:-u|--(?:proxy-)?user)[\s=]["']?[^\s:"'$]+:)(?!\d+(?:\s|$))(?!\$)[^\s"']+/g;
const OPTION = new RegExp(`^--?${SECRET}$`, 'i');

/** Formats the words of a command on one line, without secrets as far as their form or the option before them shows them. */
export function maskWords(words: readonly string[]): string {
  const shown = words.map((word, at) => {
    if (at > 0 && OPTION.test(words[at - 1]!) && !word.startsWith('-')) return '***';
    return [ASSIGNED, FOLLOWED, STATED].reduce(
      (text, pattern) => text.replace(pattern, '$1***'),
      maskSecrets(word),
    );
  });
  return shown.join(' ').replaceAll(/\s+/g, ' ').replace(USER, '$1***');
}
