import type { JsonNode } from '../text/json/json-node.ts';
import { compileGlob } from '../text/paths/glob.ts';
import { hostAndPort, parseWebUrl } from '../text/paths/web-url.ts';
import type { Located } from '../text/span.ts';
import type { PrivateScope } from './policy.ts';
import { locatedText, type Report, readMembers } from './read-members.ts';

/** Reads `"@acme"` or `{ "scope": "@acme", "registry": "https://…" }`. */
export function readPrivateScope(node: JsonNode, report: Report): PrivateScope | undefined {
  if (node.type !== 'object') {
    const scope = readScope(node, report);
    return scope === undefined ? undefined : { scope, registry: undefined };
  }
  const members = readMembers(node, ['scope', 'registry'], report);
  const scopeNode = members.get('scope')?.value;
  if (scopeNode === undefined) {
    report(node.span, 'A private scope needs "scope".');
    return undefined;
  }
  const scope = readScope(scopeNode, report);
  const registryNode = members.get('registry')?.value;
  const registry = registryNode === undefined ? undefined : readMirror(registryNode, report);
  return scope === undefined ? undefined : { scope, registry };
}

/** A scope without its @ is reported but still taken as that scope. */
function readScope(node: JsonNode, report: Report): string | undefined {
  const text = locatedText(node, 'A scope', report);
  if (text === undefined) return undefined;
  const scope = text.value.replace(/\/$/, '');
  if (/^@[^@/\s]+$/.test(scope)) return scope;
  const meant = /^[^@/\s]+$/.test(scope) ? `@${scope}` : undefined;
  report(text.span, `"${text.value}" is not a scope. Write it as "@name".`, meant);
  return meant;
}

/** Reads a URL, and adds a trailing slash. */
export function readMirror(node: JsonNode, report: Report): string | undefined {
  const text = locatedText(node, 'A URL', report);
  if (text === undefined) return undefined;
  const scheme = parseWebUrl(text.value)?.scheme;
  if (scheme === 'https' || scheme === 'http')
    return text.value.endsWith('/') ? text.value : `${text.value}/`;
  report(text.span, `"${text.value}" is not a URL. Begin it with https://.`);
  return undefined;
}

/** Reads a glob that can match something below the file's folder. */
export function readGlob(node: JsonNode, report: Report): Located<string> | undefined {
  const text = locatedText(node, 'A glob', report);
  if (text === undefined || compileGlob(text.value, { dot: true }) !== undefined) return text;
  report(text.span, `"${text.value}" matches no path. Write one relative to the folder of this file.`);
  return undefined;
}

/** Reads a host, with its port unless it is the default of the scheme; in lower case. */
export function readHost(node: JsonNode, report: Report): string | undefined {
  const text = locatedText(node, 'A host', report);
  if (text === undefined) return undefined;
  if (/^[^\s/@?#]+$/.test(text.value)) return text.value.toLowerCase();
  const address = parseWebUrl(text.value);
  const meant = address === undefined ? undefined : hostAndPort(address);
  report(text.span, `"${text.value}" is not a host. Write the host name alone.`, meant);
  return meant;
}

/** Reads `"name"` or `{ "name": "name", "reason": "…" }`. */
export function readNamed(node: JsonNode, report: Report): Located<string> | undefined {
  if (node.type !== 'object') return locatedText(node, 'A name', report);
  const members = readMembers(node, ['name', 'reason'], report);
  const name = members.get('name')?.value;
  const reason = members.get('reason')?.value;
  if (reason !== undefined) locatedText(reason, 'A reason', report);
  if (name !== undefined) return locatedText(name, 'A name', report);
  report(node.span, 'An allowed name needs "name".');
  return undefined;
}
