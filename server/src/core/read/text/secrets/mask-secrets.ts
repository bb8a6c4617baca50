import { isVariable, looksLikeToken } from './is-secret.ts';
import { findUrlCredentials } from './url-credentials.ts';

/** Cheap: most texts need no closer look. */
const MAY_HOLD_SECRET =
  /npm_|gh[a-z]_|github_pat_|glpat-|:\/{1,3}[^\s/?#"'<>\\]+@|_auth|_password|npmAuth|PRIVATE KEY|token|password|Bearer|Basic|[?&][\w-]*=/i;

/** Tokens that are identifiable by themselves, of npm and of the hosts of repositories. */
const TOKENS = /(?:npm_[A-Za-z\d]{20,}|gh[a-z]_[A-Za-z\d]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,})/g;
const PRIVATE_KEYS =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g;
const SENT = /\b((?:Bearer|Basic) )([A-Za-z\d+/=_.~-]{16,})/g;
/** Settings with a credential as their value. Variables stay. */
const SETTINGS =
  /((?:_auth(?:Token)?|_password|npmAuthToken|npmAuthIdent)["']?\s{0,20}[=:]\s{0,20}["']?)(?!["'\s]|\$|-[^\s"']*\})([^\s"']+)/gi;
/** Values that a variable for a credential has where it is not set. */
const DEFAULTS = /(\$\{\w{0,60}(?:token|auth|passw|secret|key)\w{0,60}:?-)([^{}\s"']+)(?=\})/gi;
const QUERIES = /([?&][\w-]{0,40}(?:auth|token|passw|secret|key|sig)[\w-]{0,40}=)(?!\$)([^&\s"'#]+)/gi;
const TOML_SETTINGS = /(\b(?:token|password)["']?\s{0,20}=\s{0,20}["']{1,3})(?!\$)([^"'\n]+)/gi;

const SHORTEST_TOKEN = 20;

/** Returns what to show instead of a secret. */
type Cover = (secret: string) => string;

/**
 * Returns text for people and programs without secrets, as far as their form or the setting before them shows them: a part
 * of every way out, in addition to not quoting values in the first place.
 */
export function maskSecrets(text: string, cover: Cover = () => '***'): string {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  const covered = (_: string, before: string, secret: string) => before + cover(secret);
  return maskTokens(text, cover)
    .replace(PRIVATE_KEYS, cover)
    .replace(SENT, covered)
    .replace(SETTINGS, covered)
    .replace(DEFAULTS, covered)
    .replace(TOML_SETTINGS, covered)
    .replace(QUERIES, covered);
}

/**
 * Returns a text of any syntax without the secrets that show by themselves. Nothing but their own characters is covered, so
 * that JSON stays JSON.
 */
export function maskTokens(text: string, cover: Cover): string {
  return withoutUrlCredentials(text, cover).replace(TOKENS, cover);
}

/** Returns JSON text with `maskSecrets` applied to each string that may need it; there are few among many. */
export function maskJson(json: string): string {
  const suspect = new RegExp(MAY_HOLD_SECRET.source, 'gi');
  let shown = '';
  let at = 0;
  for (let match = suspect.exec(json); match !== null; match = suspect.exec(json)) {
    const start = openingQuote(json, match.index);
    const end = closingQuote(json, start) + 1;
    const text = JSON.parse(json.slice(start, end)) as string;
    const masked = maskSecrets(text);
    shown += json.slice(at, start) + (masked === text ? json.slice(start, end) : JSON.stringify(masked));
    at = end;
    suspect.lastIndex = end;
  }
  return shown + json.slice(at);
}

/** Returns the quote that opens the string around an offset. */
function openingQuote(json: string, offset: number): number {
  let at = json.lastIndexOf('"', offset);
  while (at > 0 && isEscaped(json, at)) at = json.lastIndexOf('"', at - 1);
  return at;
}

function closingQuote(json: string, opening: number): number {
  let at = json.indexOf('"', opening + 1);
  while (isEscaped(json, at)) at = json.indexOf('"', at + 1);
  return at;
}

/** Checks for an odd number of backslashes before the offset. */
function isEscaped(json: string, offset: number): boolean {
  let before = offset;
  while (json[before - 1] === '\\') before--;
  return (offset - before) % 2 === 1;
}

/** Covers a secret without moving the text behind it, for source lines and whole outputs. */
export function sameLength(secret: string): string {
  return secret.replace(/[^\n\r]/g, '*');
}

function withoutUrlCredentials(text: string, cover: Cover): string {
  if (!text.includes('@')) return text;
  let shown = '';
  let at = 0;
  for (const { span, user, password } of findUrlCredentials(text)) {
    // Any password, even one that nothing reports: a word may be one. So may a name that is as long as a token.
    const isSecret =
      password === undefined
        ? looksLikeToken(user) || (user.length >= SHORTEST_TOKEN && !isVariable(user))
        : !isVariable(password);
    if (!isSecret) continue;
    shown += text.slice(at, span.start) + cover(text.slice(span.start, span.end));
    at = span.end;
  }
  return shown + text.slice(at);
}
