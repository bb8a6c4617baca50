import { isWithin, isWithinAny, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { TextChange } from '../../core/read/text/text-change.ts';
import type { DirectoryItem, FilesPort, ReadResult } from '../ports.ts';
import { loadConfigReaders, needsConfigReaders } from './config-readers.ts';
import { createFileModels, type Parsers, type Variants } from './file-models.ts';

/** Texts at one moment, unaffected by later edits and reads. */
export interface FileView {
  /** Returns what is known without reading: the open text, or the last state on disk. */
  peek(uri: Uri): ReadResult | undefined;
  textOf(uri: Uri): string | undefined;
}

/** Texts of files from the editor or else the disk, and the models parsed from them. */
export interface FileStore extends FileView {
  /** Sets an open text. `edit` is the change since the previous overlay. */
  setOverlay(uri: Uri, text: string, edit?: TextChange): void;
  /** Returns the last text set by `setOverlay`; removal requires that it is still the same. */
  overlayOf(uri: Uri): ReadResult | undefined;
  removeOverlay(uri: Uri, overlay: ReadResult): void;
  /** Reads the file unless it is known, and caches the result until `forget`. An open text is not read. */
  load(uri: Uri): Promise<ReadResult>;
  /**
   * Reads a file that changed on disk, after `forget`. An open text that was not edited vanishes with its file, and returns
   * with it or by an edit: editors hold texts open that they do not show.
   */
  loadChanged(uri: Uri): Promise<ReadResult>;
  /** Makes the next `load` read again. Until then the old text stays, so that nothing flickers. */
  forget(uri: Uri): void;
  /** Does the same for every file below the folder. */
  forgetBelow(folder: Uri): void;
  /** Drops everything below the folder but open texts, when nobody will ask for it. */
  releaseBelow(folder: Uri): void;
  /** Reads the file from disk again, even if a text is open. */
  reload(uri: Uri): Promise<ReadResult>;
  /** Returns every existing file at or below one of the folders that was read or is open. */
  knownBelow(folders: ReadonlySet<Uri>): readonly Uri[];
  /** Returns the directory's items, with files that exist only as open texts. */
  list(directory: Uri): Promise<readonly DirectoryItem[] | undefined>;
  /** Returns the model of a file's current text; the same object while the text is unchanged. */
  parsed<K extends keyof Parsers>(
    kind: K,
    uri: Uri,
    variant: Variants[K],
  ): ReturnType<Parsers[K]> | undefined;
  view(): FileView;
}

/** Editors also show binary files; their content is then as unknown as on the disk. */
function overlayWith(text: string, edit: TextChange | undefined): ReadResult {
  const fresh = edit === undefined ? text : text.slice(edit.start, edit.newEnd);
  const isText = !fresh.includes('\0');
  return isText ? { type: 'text', text } : { type: 'refused', reason: 'contains NUL bytes' };
}

export function createFileStore(files: FilesPort): FileStore {
  const overlays = new Map<Uri, ReadResult>();
  const disk = new Map<Uri, ReadResult>();
  const stale = new Set<Uri>();
  const loading = new Map<Uri, Promise<ReadResult>>();
  const models = createFileModels();
  /** Open texts whose files are deleted. */
  const orphans = new Set<Uri>();
  let taken: FileView | undefined;

  const openText = (uri: Uri) => (orphans.has(uri) ? undefined : overlays.get(uri));
  const openTexts = () => [...overlays].filter(([uri]) => !orphans.has(uri));
  const peek = (uri: Uri) => openText(uri) ?? disk.get(uri);

  /** Reads the file once more if `forget` was called meanwhile, as the result may be outdated. */
  async function read(uri: Uri): Promise<ReadResult> {
    const pending = loading.get(uri) ?? files.read(uri).catch(unexpected);
    loading.set(uri, pending);
    const result = await pending;
    if (loading.get(uri) !== pending) return readUnlessFresh(uri);
    loading.delete(uri);
    stale.delete(uri);
    if (!isSame(disk.get(uri), result)) {
      disk.set(uri, result);
      taken = undefined;
    }
    return result;
  }

  function readUnlessFresh(uri: Uri): Promise<ReadResult> {
    const known = disk.get(uri);
    return known !== undefined && !stale.has(uri) ? Promise.resolve(known) : read(uri);
  }

  function forget(uri: Uri): void {
    if (disk.has(uri)) stale.add(uri);
    loading.delete(uri);
  }

  async function load(uri: Uri): Promise<ReadResult> {
    const result = openText(uri) ?? (await readUnlessFresh(uri));
    if (result.type === 'text' && needsConfigReaders(uri)) await loadConfigReaders();
    return openText(uri) ?? result;
  }

  function forgetDisk(uri: Uri): void {
    forget(uri);
    disk.delete(uri);
    stale.delete(uri);
  }

  return {
    setOverlay(uri, given, edit) {
      const before = textIn(overlays.get(uri));
      const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
      // A newly opened file is usually identical to that on disk, and such a text is stored once.
      const saved = before === undefined ? textIn(disk.get(uri)) : undefined;
      const since = before === undefined || text !== given ? undefined : edit;
      overlays.set(uri, overlayWith(saved === text ? saved : text, since));
      orphans.delete(uri);
      // The disk is read again when the document is closed. Until then its copy of an edited text is useless.
      if (saved !== text) forgetDisk(uri);
      taken = undefined;
      models.noteEdit(uri, before, text === given ? edit : undefined);
    },
    overlayOf: (uri) => overlays.get(uri),
    removeOverlay(uri, overlay) {
      if (overlays.get(uri) !== overlay) return;
      overlays.delete(uri);
      orphans.delete(uri);
      models.forgetEdits(uri);
      taken = undefined;
    },
    load,
    async loadChanged(uri) {
      const open = overlays.get(uri);
      if (open?.type === 'text' && open.text === textIn(disk.get(uri))) {
        const { type } = await readUnlessFresh(uri);
        if (type === 'missing' && overlays.get(uri) === open) orphans.add(uri);
      } else if (orphans.has(uri)) {
        if ((await readUnlessFresh(uri)).type !== 'missing') orphans.delete(uri);
      }
      return load(uri);
    },
    forget,
    forgetBelow(folder) {
      for (const uri of [...disk.keys(), ...loading.keys()]) if (isWithin(folder, uri)) forget(uri);
    },
    releaseBelow(folder) {
      const isReleased = (uri: Uri) => isWithin(folder, uri) && !overlays.has(uri);
      for (const uri of disk.keys()) if (isReleased(uri)) disk.delete(uri);
      for (const uri of stale) if (isReleased(uri)) stale.delete(uri);
      models.release(isReleased);
      taken = undefined;
    },
    reload(uri) {
      forget(uri);
      return read(uri);
    },
    knownBelow(folders) {
      if (folders.size === 0) return [];
      const known = new Map([...disk, ...openTexts()]);
      return [...known.keys()].filter(
        (uri) => known.get(uri)!.type !== 'missing' && isWithinAny(folders, uri),
      );
    },
    async list(directory) {
      const items = await files.list(directory);
      return withOpenFiles(
        directory,
        items,
        openTexts().map(([uri]) => uri),
      );
    },
    peek,
    textOf: (uri) => textIn(peek(uri)),
    parsed(kind, uri, variant) {
      const text = textIn(peek(uri));
      return text === undefined ? undefined : models.parsed(kind, { uri, text }, variant);
    },
    view() {
      if (taken === undefined) {
        const now = new Map([...disk, ...openTexts()]);
        taken = { peek: (uri) => now.get(uri), textOf: (uri) => textIn(now.get(uri)) };
      }
      return taken;
    },
  };
}

function textIn(result: ReadResult | undefined): string | undefined {
  return result?.type === 'text' ? result.text : undefined;
}

function isSame(before: ReadResult | undefined, after: ReadResult): boolean {
  if (before?.type !== after.type) return false;
  return before.type === 'text' ? textIn(after) === before.text : before.type === 'missing';
}

/** Ports return a result; one that throws nevertheless costs one file, not the session. */
function unexpected(): ReadResult {
  return { type: 'refused', reason: 'cannot be read' };
}

function withOpenFiles(
  directory: Uri,
  items: readonly DirectoryItem[] | undefined,
  open: readonly Uri[],
): readonly DirectoryItem[] | undefined {
  const added = new Map<string, DirectoryItem>();
  for (const uri of open) {
    if (uri === directory || !isWithin(directory, uri)) continue;
    const [name, ...rest] = relativeUri(directory, uri).split('/');
    if (name === undefined || items?.some((item) => item.name === name) === true) continue;
    added.set(name, { name, type: rest.length === 0 ? 'file' : 'directory' });
  }
  if (added.size === 0) return items;
  return [...(items ?? []), ...added.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
