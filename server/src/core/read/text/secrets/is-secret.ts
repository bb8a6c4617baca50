import { decodeBase64 } from '../encoding.ts';
import { isLoopback, parseWebUrl } from '../paths/web-url.ts';
import { isNpmToken } from './npm-token.ts';

/** Real tokens are longer; so is the base64 form of a password of six characters. */
const SHORTEST_TOKEN = 8;
const SHORTEST_PASSWORD = 6;
const FEWEST_CHARACTERS = 5;

/** Variables of package managers, shells, templates and CI systems, and gaps to be filled in. */
const NO_LITERAL = /[$#][{(]|^process\.env|^\$\w|\{\{|%\w+%|^<|>$|^\[|\]$|\*\*|\.\.\.|…/;
/** The name of a variable in place of its value. */
const VARIABLE_NAME = /^[_@%#]*(?:[A-Z][A-Z\d]*_)+[A-Z\d_]*[@%#]*$/;
/** Words with nothing random in them. */
const WORDS = /^[a-z]+(?:[-_. ][a-z]+)*$/;
const STAND_IN =
  /^(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|user(?:name)?|admin|root|guest|foo|bar|test|demo|anonymous|x-oauth-basic)\d*$|example|placeholder|change[-_]?me|redacted|dummy|fake|deadbeef|insert|replace|your[-_]?|my[-_]?(?:token|pass|secret|key)/i;

/** The value that a variable has where it is not set, which is a literal. */
const DEFAULT = /^["']?\$\{\w+:?-([^{}]+)\}["']?$/;

/** Checks whether the value of a credential is a secret, not a variable or a placeholder. */
export function isSecretToken(written: string): boolean {
  const value = literalIn(written);
  return isNpmToken(value) || (isLiteral(value, SHORTEST_TOKEN) && !WORDS.test(value));
}

/** Checks for a variable, or a gap to be filled in, in place of a value. */
export function isVariable(value: string): boolean {
  return value === '' || NO_LITERAL.test(value) || VARIABLE_NAME.test(value);
}

/** Checks the same of a password, which may consist of words. */
export function isSecretPassword(value: string): boolean {
  return isLiteral(literalIn(value), SHORTEST_PASSWORD);
}

/** Checks a base64 value: `user:password` or a password. One that is not base64 counts as it is. */
export function isSecretBase64(written: string): boolean {
  const value = literalIn(written);
  if (!isLiteral(value, SHORTEST_TOKEN)) return false;
  const decoded = /^[A-Za-z\d+/]+={0,2}$/.test(value) ? decodeBase64(value) : '';
  if (!/^[ -~]+$/.test(decoded)) return !WORDS.test(value);
  return isSecretPassword(decoded.slice(decoded.indexOf(':') + 1));
}

/** Checks for a token that is identifiable without a setting around it, such as the user name of a URL. */
export function looksLikeToken(text: string): boolean {
  if (/^(?:npm_|gh[a-z]_|github_pat_|glpat-)[\w-]{20,}$/.test(text)) return true;
  // Names of organisations have dashes, and are the user of some hosts' URLs.
  return /^\w{20,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text) && new Set(text).size >= 10;
}

/** Checks for a host whose credentials protect nothing: this machine, or one that exists only in documentation. */
export function isHarmlessHost(address: string): boolean {
  const url = parseWebUrl(address.startsWith('//') ? `https:${address}` : address);
  return url !== undefined && (isLoopback(url) || /(?:^|\.)example\.(?:com|net|org)$/.test(url.host));
}

function literalIn(value: string): string {
  return DEFAULT.exec(value)?.[1] ?? value;
}

function isLiteral(value: string, shortest: number): boolean {
  if (value.length < shortest || isVariable(value)) return false;
  return new Set(value.toLowerCase()).size >= FEWEST_CHARACTERS && !STAND_IN.test(value);
}
