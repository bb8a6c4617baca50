import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { automationSystemOf } from '../core/read/automation/automation.ts';
import { isSbomName } from '../core/read/sbom/sbom-file.ts';
import { canonicalUri, nameOf, type Uri } from '../core/read/text/paths/uri.ts';
import { changeOf, joinChanges, type TextChange } from '../core/read/text/text-change.ts';
import { CHECKED_NAMES } from './messages.ts';
import { type Encoding, encodePositions, type Positions } from './positions.ts';

const CHECKED: ReadonlySet<string> = new Set(CHECKED_NAMES);

/** Checks whether files of this path are checked. */
export function isChecked(uri: Uri): boolean {
  return CHECKED.has(nameOf(uri)) || automationSystemOf(uri) !== undefined || isSbomName(uri);
}

export interface OpenDocument {
  readonly uri: Uri;
  /** The client's spelling, used in everything that is sent about an open document. */
  readonly clientUri: string;
  readonly version: number;
  readonly text: string;
  /** The last change, unless it replaced the whole text. */
  readonly edit: TextChange | undefined;
  readonly positions: Positions;
}

/** The client's open documents, as far as they are checked. */
export interface OpenDocuments {
  /** Incremented on each opening, change and closing. */
  readonly changes: number;
  /** Returns undefined for a document that is not checked. */
  open(item: TextDocumentItem): OpenDocument | undefined;
  change(
    clientUri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined;
  close(clientUri: string): OpenDocument | undefined;
  get(uri: Uri): OpenDocument | undefined;
  all(): readonly OpenDocument[];
}

/** Creates the store. `encoding` is a function, as it is negotiated later. */
export function createOpenDocuments(encoding: () => Encoding): OpenDocuments {
  const documents = new Map<Uri, OpenDocument & { readonly source: TextDocument }>();
  let changes = 0;

  function keep(uri: Uri, clientUri: string, source: TextDocument, edit?: TextChange): OpenDocument {
    const text = source.getText();
    const lines = { positionAt: source.positionAt.bind(source), offsetAt: source.offsetAt.bind(source) };
    const positions = encodePositions(text, lines, encoding());
    const document = { uri, clientUri, version: source.version, text, edit, positions, source };
    documents.set(uri, document);
    return document;
  }

  return {
    get changes() {
      return changes;
    },
    open({ uri: clientUri, languageId, version, text }) {
      changes++;
      const uri = canonicalUri(clientUri);
      if (!isChecked(uri)) return undefined;
      return keep(uri, clientUri, TextDocument.create(clientUri, languageId, version, text));
    },
    change(clientUri, version, events) {
      changes++;
      const uri = canonicalUri(clientUri);
      const known = documents.get(uri);
      if (!known) return undefined;
      let { source } = known;
      let edits: readonly TextChange[] | undefined = [];
      for (const event of events) {
        const positions = encodePositions(source.getText(), source, encoding());
        const change = inUtf16(event, positions, source);
        const edit = editOf(change, source);
        edits = edit === undefined || edits === undefined ? undefined : [...edits, edit];
        source = TextDocument.update(source, [change], version);
      }
      const [first, ...rest] = edits ?? [];
      const edit = first === undefined ? undefined : rest.reduce(joinChanges, first);
      return keep(uri, known.clientUri, source, edit);
    },
    close(clientUri) {
      changes++;
      const uri = canonicalUri(clientUri);
      const known = documents.get(uri);
      documents.delete(uri);
      return known;
    },
    get: (uri) => documents.get(uri),
    all: () => [...documents.values()],
  };
}

function editOf(event: TextDocumentContentChangeEvent, source: TextDocument): TextChange | undefined {
  if (!('range' in event)) return undefined;
  const start = source.offsetAt(event.range.start);
  const end = source.offsetAt(event.range.end);
  return changeOf({ start: Math.min(start, end), end: Math.max(start, end) }, event.text);
}

/** Converts the change to UTF-16 positions. Each change of a list refers to the text after the previous one. */
function inUtf16(
  event: TextDocumentContentChangeEvent,
  positions: Positions,
  source: TextDocument,
): TextDocumentContentChangeEvent {
  if (!('range' in event) || positions === source) return event;
  const { start, end } = event.range;
  const range = {
    start: source.positionAt(positions.offsetAt(start)),
    end: source.positionAt(positions.offsetAt(end)),
  };
  return { range, text: event.text };
}
