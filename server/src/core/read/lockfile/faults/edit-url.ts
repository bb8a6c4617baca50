import type { TextEdit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { BunLockEntry } from '../bun/bun-lock-entry.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import { BerryLockEntry } from '../yarn-berry/berry-lock-entry.ts';

/**
 * Returns the edit that replaces an entry's URL, keeping its quotes and encoding. Undefined if the entry has none, or
 * one written in a form that cannot be kept.
 */
export function replaceUrl(lockfile: Lockfile, entry: LockEntry, address: string): TextEdit | undefined {
  const { resolved } = entry;
  if (resolved === undefined) return undefined;
  const { span, value } = resolved;
  const raw = lockfile.text.slice(span.start, span.end);
  if (raw.startsWith('"')) return { span, newText: JSON.stringify(address) };
  if (raw.startsWith("'")) return { span, newText: `'${address.replaceAll("'", "''")}'` };
  if (raw === value) return { span, newText: address };
  return raw === encodeURIComponent(value) ? { span, newText: encodeURIComponent(address) } : undefined;
}

/**
 * Returns the edit that makes the package of an entry come from the configured registry: removes its URL in formats
 * that write only unusual ones. In npm's and Yarn 1's it becomes `usual`.
 */
export function useUsualUrl(lockfile: Lockfile, entry: LockEntry, usual: string): TextEdit | undefined {
  const { resolved } = entry;
  if (resolved === undefined) return undefined;
  const { text } = lockfile;
  if (entry instanceof BunLockEntry) return { span: resolved.span, newText: '""' };
  if (entry instanceof BerryLockEntry) {
    const span = bindingSpan(text, resolved.span);
    return span === undefined ? undefined : { span, newText: '' };
  }
  if (lockfile.format === 'pnpm') {
    const span = tarballSpan(text, resolved.span);
    return span === undefined ? undefined : { span, newText: '' };
  }
  // Yarn 1 appends the hash of the tarball to its URL.
  const hash = lockfile.format === 'yarn' ? (/#[\da-f]+$/i.exec(resolved.value)?.[0] ?? '') : '';
  return replaceUrl(lockfile, entry, `${usual}${hash}`);
}

/** Returns the binding in `…::__archiveUrl=<URL>`, with its separator. */
function bindingSpan(text: string, { start, end }: Span): Span | undefined {
  const name = '__archiveUrl=';
  if (!text.startsWith(name, start - name.length)) return undefined;
  const from = start - name.length;
  if (text[from - 1] === '&') return { start: from - 1, end };
  if (text[end] === '&') return { start: from, end: end + 1 };
  return text.startsWith('::', from - 2) ? { start: from - 2, end } : undefined;
}

/** Returns the member in `{integrity: …, tarball: <URL>}`, with its comma; in block style, its line. */
function tarballSpan(text: string, { start, end }: Span): Span | undefined {
  const before = /(?:,\s{0,40}|\{\s{0,40}|\n {1,40})tarball:\s{1,10}$/.exec(
    text.slice(Math.max(0, start - 100), start),
  );
  if (before === null) return undefined;
  const from = start - before[0].length;
  if (!before[0].startsWith('{')) return { start: from, end };
  const comma = /^\s*,\s*/.exec(text.slice(end, end + 40))?.[0].length ?? 0;
  return { start: from + 1, end: end + comma };
}
