/**
 * How a pnpm lockfile names packages. 5: `/name/1.0.0_peers`; 6: `/name@1.0.0(peer@1.0.0)`; 9: `name@1.0.0`, with the
 * peers in `snapshots` only.
 */
export type KeyStyle = 5 | 6 | 9;

/** The parts of a key: the position of the name (absent in keys of git and file packages), and the version. */
export interface KeyParts {
  readonly name: { readonly start: number; readonly end: number } | undefined;
  readonly version: { readonly start: number; readonly end: number } | undefined;
}

/** Splits a key. Only packages of a registry have a version (`1.0.0`, also of `registry:1.0.0`). */
export function partsOfKey(key: string, style: KeyStyle): KeyParts {
  return style === 5 ? partsOfSlashKey(key) : partsOfAtKey(key, style);
}

/** Returns where the peers of a key begin: after its version, or at its end. */
function peersStart(key: string): number {
  if (!key.endsWith(')')) return key.length;
  let depth = 0;
  let start = key.length;
  for (let at = key.length - 1; at >= 0; at--) {
    const code = key.charCodeAt(at);
    if (code === 41) depth++;
    else if (code === 40) {
      depth--;
      if (depth === 0) start = at;
    } else if (depth === 0) break;
  }
  return start;
}

/** Returns the key of `packages` that a key of `snapshots` belongs to. */
export function packageKeyOf(snapshotKey: string): string {
  const end = peersStart(snapshotKey);
  return end === snapshotKey.length ? snapshotKey : snapshotKey.slice(0, end);
}

/** Checks whether the reference is to a folder beside the lockfile rather than a package in it. */
export function isLink(reference: string): boolean {
  return reference.startsWith('link:');
}

/** Returns the key that a dependency's version refers to: `1.0.0` of `name`, another package's key, or a URL. */
export function keyOfReference(name: string, reference: string, style: KeyStyle): string {
  switch (style) {
    case 5:
      return reference.startsWith('file:') || reference.includes('/') ? reference : `/${name}/${reference}`;
    case 6: {
      if (reference.startsWith('file:')) return reference;
      const slash = reference.indexOf('/');
      const peers = reference.indexOf('(');
      return slash !== -1 && (peers === -1 || slash < peers) ? reference : `/${name}@${reference}`;
    }
    case 9: {
      if (reference.startsWith('@')) return reference;
      const at = reference.indexOf('@');
      if (at === -1) return `${name}@${reference}`;
      const colon = reference.indexOf(':');
      const peers = reference.indexOf('(');
      const isKey = (colon === -1 || at < colon) && (peers === -1 || at < peers);
      return isKey ? reference : `${name}@${reference}`;
    }
  }
}

const NOTHING: KeyParts = { name: undefined, version: undefined };

/** Splits `/name/1.0.0_peers`, `/@scope/name/1.0.0`, or either with a registry's host before the first slash. */
function partsOfSlashKey(key: string): KeyParts {
  if (key.startsWith('file:')) return NOTHING;
  const versionStart = key.lastIndexOf('/') + 1;
  if (versionStart < 2) return NOTHING;
  const suffix = key.slice(versionStart).search(/[_(]/);
  const versionEnd = suffix === -1 ? key.length : versionStart + suffix;
  if (!isVersion(key.slice(versionStart, versionEnd))) return NOTHING;
  const nameEnd = versionStart - 1;
  return {
    name: { start: nameStart(key, nameEnd), end: nameEnd },
    version: { start: versionStart, end: versionEnd },
  };
}

/** Splits `name@1.0.0`, in version 6 with a slash or a registry's host before it, in both with the peers after it. */
function partsOfAtKey(key: string, style: KeyStyle): KeyParts {
  if (style === 6 && key.startsWith('file:')) return NOTHING;
  const end = peersStart(key);
  const isHosted = style === 6 && !key.startsWith('/');
  const from = style === 6 && !isHosted ? 1 : 0;
  const at = isHosted ? key.lastIndexOf('@', end - 1) : key.indexOf('@', from + 1);
  if (at <= from || at >= end) return NOTHING;
  const versionStart = Math.max(at, key.lastIndexOf(':', end - 1)) + 1;
  const isKnown = isVersion(key.slice(versionStart, end));
  if (isHosted && !isKnown) return NOTHING;
  return {
    name: { start: isHosted ? nameStart(key, at) : from, end: at },
    version: isKnown ? { start: versionStart, end } : undefined,
  };
}

/** Returns where the package's name that ends at `end` begins: after a slash, or after the one before its scope. */
function nameStart(key: string, end: number): number {
  const start = key.lastIndexOf('/', end - 1) + 1;
  const scope = start < 2 ? 0 : key.lastIndexOf('/', start - 2) + 1;
  return key.charCodeAt(scope) === 64 ? scope : start;
}

function isVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?$/.test(text);
}
