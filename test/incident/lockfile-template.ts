import { createHash } from 'node:crypto';
import { basename } from 'node:path';

/** A locked version of a package, all of whose places in the text change together. */
interface Unit {
  readonly name: string;
  version: string;
}

/** A part of the text that depends on the version of a unit. */
interface Slot {
  readonly unit: Unit;
  /** What stands there: the version, or the hash that was there first, whose form is kept. */
  readonly hash: string | undefined;
}

/** A real lockfile whose packages can be updated, as a text that any reader of its format understands. */
export interface LockfileTemplate {
  readonly names: readonly string[];
  /** Updates some packages as a person or a bot does, mostly to the next patch. */
  bump(count: number, random: () => number): void;
  /** Locks another version of a package, or the former one again; false if it has no such package. */
  plant(name: string, version: string): boolean;
  /** Returns the bytes of the text, in parts. */
  bytes(): readonly Uint8Array[];
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly slot: Slot;
}

const NAME = String.raw`(?<name>(?:@[^\s/@'"():,]+/)?[^\s/@'"():,]+)`;
const VERSION = String.raw`(?<version>\d+\.\d+\.\d+)`;
const SRI = String.raw`(?<hash>sha\d+-[\w+/=]+)`;

/** Where names, versions and hashes stand, by the format. The first pattern finds packages, all others references to them. */
function patternsOf(file: string, text: string): readonly RegExp[] {
  const patterns = (...sources: readonly string[]) => sources.map((source) => new RegExp(source, 'dgm'));
  if (file.endsWith('.json'))
    return patterns(
      String.raw`"version": "${VERSION}",\s+"resolved": "https?://[^/]+/${NAME}/-/[^"]*?-(?<again>\k<version>)\.tgz"(?:,\s+"integrity": "${SRI}")?`,
    );
  if (file === 'bun.lock') return patterns(String.raw`\["${NAME}@${VERSION}", [^\n]*?(?:"${SRI}")?\],?$`);
  if (file === 'pnpm-lock.yaml') {
    const isOld = /^lockfileVersion: 5/m.test(text);
    return patterns(
      isOld
        ? String.raw`^  '?/${NAME}/${VERSION}(?=[_:('])[^\n]*(?:\n {4}[^\n]*)*?\n +resolution:(?: \{|\n +)integrity: ${SRI}`
        : String.raw`^  '?/?${NAME}@${VERSION}(?=[_:('])[^\n]*(?:\n {4}[^\n]*)*?\n +resolution:(?: \{|\n +)integrity: ${SRI}`,
      isOld
        ? String.raw`/${NAME}/${VERSION}(?=[_:]|$)`
        : String.raw`(?<=[ '(/])${NAME}@${VERSION}(?=[():']|$)`,
      String.raw`^ +'?${NAME}'?: ${VERSION}(?=[_(]|$)`,
      String.raw`^ +'?${NAME}'?:\n +specifier: [^\n]*\n +version: ${VERSION}(?=[_(]|$)`,
    );
  }
  if (text.includes('__metadata:'))
    return patterns(
      String.raw`^  version: ${VERSION}\n  resolution: "${NAME}@npm:(?<again>\k<version>)"\n(?:(?!\n\n)[^])*?\n  checksum: (?<hash>\S+)`,
    );
  return patterns(
    String.raw`^  version "${VERSION}"\n  resolved "https?://[^/]+/${NAME}/-/[^"#]*?-(?<again>\k<version>)\.tgz[^"]*"(?:\n  integrity ${SRI})?`,
  );
}

export function lockfileTemplate(path: string, text: string): LockfileTemplate {
  const units = new Map<string, Unit>();
  const found = new Map<number, Found>();
  for (const [at, pattern] of patternsOf(basename(path), text).entries()) {
    for (const { groups, indices } of text.matchAll(pattern)) {
      const key = `${groups!.name}@${groups!.version}`;
      let unit = units.get(key);
      if (unit === undefined) {
        if (at > 0) continue;
        unit = { name: groups!.name!, version: groups!.version! };
        units.set(key, unit);
      }
      for (const part of ['version', 'again', 'hash'] as const) {
        const place = indices!.groups![part];
        if (place === undefined) continue;
        const [start, end] = place;
        const hash = part === 'hash' ? text.slice(start, end) : undefined;
        found.set(start, { start, end, slot: { unit, hash } });
      }
    }
  }
  const all = [...units.values()];
  const parts = partsOf(text, found);
  const update = (unit: Unit, version: string) => {
    unit.version = version;
    for (const part of parts) if (part.units.has(unit)) part.bytes = undefined;
  };
  const former = new Map<string, string>();
  const isFree = (name: string, version: string) =>
    !all.some((unit) => unit.name === name && unit.version === version);
  return {
    names: [...new Set(all.map(({ name }) => name))],
    bump(count, random) {
      for (let turn = 0; turn < count; turn++) {
        const unit = all[Math.floor(random() * all.length)]!;
        const next = nextVersion(unit.version, random());
        if (!former.has(unit.name) && isFree(unit.name, next)) update(unit, next);
      }
    },
    plant(name, version) {
      const unit = all.find((each) => each.name === name);
      if (unit === undefined) return false;
      const before = former.get(name);
      if (before !== undefined) {
        update(unit, before);
        former.delete(name);
      } else if (isFree(name, version)) {
        former.set(name, unit.version);
        update(unit, version);
      }
      return true;
    },
    bytes: () =>
      parts.map((part) => {
        part.bytes ??= Buffer.from(
          part.pieces.map((piece) => (typeof piece === 'string' ? piece : textIn(piece))).join(''),
        );
        return part.bytes;
      }),
  };
}

/** A part of the text, whose bytes are kept until one of its packages changes. */
interface Part {
  readonly pieces: readonly (string | Slot)[];
  readonly units: ReadonlySet<Unit>;
  bytes: Buffer | undefined;
}

const SLOTS_OF_PART = 50;

function partsOf(text: string, found: ReadonlyMap<number, Found>): readonly Part[] {
  const parts: Part[] = [];
  let [pieces, units, end] = [[] as (string | Slot)[], new Set<Unit>(), 0];
  const finish = () => {
    parts.push({ pieces, units, bytes: undefined });
    [pieces, units] = [[], new Set()];
  };
  for (const each of [...found.values()].sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(end, each.start), each.slot);
    units.add(each.slot.unit);
    end = each.end;
    if (pieces.length >= 2 * SLOTS_OF_PART) finish();
  }
  pieces.push(text.slice(end));
  finish();
  return parts;
}

function nextVersion(version: string, chance: number): string {
  const [major, minor, patch] = version.split('.').map(Number) as [number, number, number];
  if (chance < 0.75) return `${major}.${minor}.${patch + 1}`;
  return chance < 0.95 ? `${major}.${minor + 1}.0` : `${major + 1}.0.0`;
}

const hashes = new WeakMap<Unit, { readonly version: string; readonly digest: Buffer }>();

function textIn({ unit, hash }: Slot): string {
  if (hash === undefined) return unit.version;
  let known = hashes.get(unit);
  if (known?.version !== unit.version) {
    const digest = createHash('sha512').update(`${unit.name}@${unit.version}`).digest();
    known = { version: unit.version, digest };
    hashes.set(unit, known);
  }
  const [, prefix = '', body = ''] = /^(sha\d+-|[^/]*\/)?(.*)$/.exec(hash)!;
  if (!prefix.startsWith('sha')) return prefix + known.digest.toString('hex').slice(0, body.length);
  const length = Buffer.from(body, 'base64').length;
  return prefix + known.digest.subarray(0, length).toString('base64');
}
