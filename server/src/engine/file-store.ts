import { readNpmrc } from '../core/config/read-npmrc.ts';
import type { NpmrcLevel } from '../core/config/npm-config.ts';
import { readLockfile } from '../core/lockfile/detect.ts';
import type { LockfileKind } from '../core/lockfile/lockfile.ts';
import { readManifest } from '../core/manifest/read-manifest.ts';
import { readPolicy } from '../core/policy/read-policy.ts';
import type { Uri } from '../core/text/uri.ts';
import type { FilesPort, ReadResult } from './ports.ts';

/** Texts of files as the editor or else the disk has them, and what was parsed from them. */
export interface FileStore {
  setOverlay(uri: Uri, text: string): void;
  removeOverlay(uri: Uri): void;
  /** Reads the file unless it is known, and remembers the answer until `forget`. */
  load(uri: Uri): Promise<ReadResult>;
  forget(uri: Uri): void;
  /** What is known without reading: the open text, or what `load` gave. */
  peek(uri: Uri): ReadResult | undefined;
  textOf(uri: Uri): string | undefined;
  /** The model of a file's present text; the same object as long as the text stays. */
  parsed<K extends keyof Parsers>(kind: K, uri: Uri, variant: Variants[K]): ReturnType<Parsers[K]> | undefined;
}

interface Variants {
  manifest: undefined;
  lockfile: LockfileKind;
  npmrc: NpmrcLevel;
  policy: undefined;
}

const PARSERS = {
  manifest: (uri: Uri, text: string, _: undefined) => readManifest(uri, text),
  lockfile: (uri: Uri, text: string, kind: LockfileKind) => readLockfile(uri, text, kind),
  npmrc: (uri: Uri, text: string, level: NpmrcLevel) => readNpmrc(uri, text, level),
  policy: (uri: Uri, text: string, _: undefined) => readPolicy(uri, text),
};
type Parsers = typeof PARSERS;

export function createFileStore(files: FilesPort): FileStore {
  const overlays = new Map<Uri, ReadResult>();
  const disk = new Map<Uri, ReadResult>();
  const loading = new Map<Uri, Promise<ReadResult>>();
  const models = new Map<string, { readonly text: string; readonly model: unknown }>();

  const peek = (uri: Uri) => overlays.get(uri) ?? disk.get(uri);
  const textOf = (uri: Uri) => {
    const known = peek(uri);
    return known?.type === 'text' ? known.text : undefined;
  };

  return {
    setOverlay(uri, text) {
      overlays.set(uri, { type: 'text', text: text.startsWith('\uFEFF') ? text.slice(1) : text });
    },
    removeOverlay(uri) {
      overlays.delete(uri);
    },
    async load(uri) {
      const known = peek(uri);
      if (known !== undefined) return known;
      let pending = loading.get(uri);
      if (pending === undefined) {
        pending = files.read(uri);
        loading.set(uri, pending);
      }
      const result = await pending;
      if (loading.get(uri) === pending) {
        loading.delete(uri);
        disk.set(uri, result);
      }
      return peek(uri) ?? result;
    },
    forget(uri) {
      disk.delete(uri);
      loading.delete(uri);
    },
    peek,
    textOf,
    parsed(kind, uri, variant) {
      const text = textOf(uri);
      if (text === undefined) return undefined;
      const key = `${kind} ${variant} ${uri}`;
      const known = models.get(key);
      if (known !== undefined && known.text === text) return known.model as never;
      const model = (PARSERS[kind] as (uri: Uri, text: string, variant: unknown) => unknown)(uri, text, variant);
      models.set(key, { text, model });
      return model as never;
    },
  };
}
