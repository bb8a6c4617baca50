import {
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentUri,
  type Position,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileEdit, Finding, Fix, Related, Severity } from '../core/read/text/finding.ts';
import { groupBy } from '../core/read/text/group-by.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import { type Span, touches } from '../core/read/text/span.ts';
import { visibleText } from '../core/read/text/words/visible-text.ts';
import { oneLine } from '../core/show/features/markdown.ts';
import type { Snapshot } from '../engine/session.ts';
import type { ClientAbilities } from './client-abilities.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Positions } from './positions.ts';
import { isSameRange } from './same-diagnostic.ts';
import type { TextPositions } from './text-positions.ts';

/** A finding with its earlier diagnostic. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

export interface DiagnosticOptions {
  readonly reported?: ReportedFinding | undefined;
  readonly related?: number;
}

const DIAGNOSTIC_SOURCE = 'Dependency Hygiene';

/** Where messages are shown above a hover card, longer ones would push it out of sight. It has the rest. */
const LONGEST_RELATED = 160;

/** Cuts the text before the dependency path, which ends a message and is what a reader looks for here. */
function shortened(message: string): string {
  const path = message.length > LONGEST_RELATED ? message.lastIndexOf('; ') : -1;
  const tail = path > LONGEST_RELATED / 2 ? message.slice(path) : '';
  if (tail.length > LONGEST_RELATED / 2) return oneLine(message, LONGEST_RELATED);
  return oneLine(message.slice(0, message.length - tail.length), LONGEST_RELATED - tail.length) + tail;
}

/**
 * Returns the places to lead to from a finding. For one on advisories its own place has only what its card lists; for
 * others it has the message of another rule on the same token.
 */
function relatedElsewhere({ related, isRelatedHere, advisories, uri, span }: Finding): readonly Related[] {
  if (isRelatedHere !== true || advisories === undefined) return related;
  return related.filter((each) => each.uri !== uri || !overlaps(each.span, span));
}

function overlaps(a: Span, b: Span): boolean {
  return touches(a, b.start) || touches(b, a.start);
}

/** Converts the engine's results into the protocol's types, for one client. The only place that does. */
export interface ToProto {
  /** Returns the client's own spelling of an open document's URI, or else the canonical one. */
  uri(uri: Uri): DocumentUri;
  range(uri: Uri, span: Span, snapshot: Snapshot): Range;
  /** Returns the offset of the client's position in this text of the file. */
  offset(uri: Uri, position: Position, text: string): number;
  /**
   * @param options.reported the same finding with its earlier diagnostic, which is returned again if nothing changed
   * @param options.related the maximum number of related places; all by default
   */
  diagnostic(finding: Finding, snapshot: Snapshot, options?: DiagnosticOptions): Diagnostic;
  /** Checks whether the client would get the same diagnostic again, except for its place. */
  isAsReported(finding: Finding, before: Finding, diagnostic: Diagnostic): boolean;
  /** Converts the edits of a fix; only clients that can delete files get a fix that does so. */
  workspaceEdit(change: Pick<Fix, 'edits' | 'deletes'>, snapshot: Snapshot): WorkspaceEdit;
}

export interface ToProtoParts {
  readonly abilities: () => ClientAbilities;
  readonly documents: OpenDocuments;
  readonly texts: TextPositions;
  /** The URL of a rule's page with `{rule}` for its id, unless the client has its own. */
  readonly ruleLink: string | undefined;
}

export function createToProto({ abilities, documents, texts, ruleLink }: ToProtoParts): ToProto {
  const uriOut = (uri: Uri): DocumentUri => documents.get(uri)?.clientUri ?? uri;

  function rangeIn(uri: Uri, span: Span, snapshot: Snapshot): Range {
    const text = snapshot.textOf(uri);
    if (text === undefined) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return toRange(texts.of(uri, text), span);
  }

  /** An unchanged list of related places has the same places. */
  function isAsReported(finding: Finding, before: Finding, { relatedInformation }: Diagnostic): boolean {
    const related = relatedElsewhere(finding);
    return (
      finding.related === before.related &&
      finding.message === before.message &&
      finding.rule === before.rule &&
      finding.severity === before.severity &&
      (relatedInformation === undefined ||
        relatedInformation.every(({ location }, at) => {
          const there = related[at];
          return there !== undefined && location.uri === uriOut(there.uri);
        }))
    );
  }

  return {
    uri: uriOut,
    range: rangeIn,
    offset: (uri, position, text) => texts.of(uri, text).offsetAt(position),
    diagnostic(finding, snapshot, { reported, related: most = Number.POSITIVE_INFINITY } = {}) {
      const can = abilities();
      const range = rangeIn(finding.uri, finding.span, snapshot);
      const related = can.relatedInformation ? relatedElsewhere(finding).slice(0, most) : [];
      const isReported =
        reported !== undefined &&
        isSameRange(range, reported.diagnostic.range) &&
        (reported.diagnostic.relatedInformation?.length ?? 0) === related.length &&
        isAsReported(finding, reported.finding, reported.diagnostic);
      if (isReported) return reported.diagnostic;
      const link = can.ruleLink ?? ruleLink;
      return {
        range,
        severity: SEVERITY[finding.severity],
        code: finding.rule,
        ...(can.codeDescription && link !== undefined
          ? { codeDescription: { href: link.replace('{rule}', finding.rule) } }
          : {}),
        source: DIAGNOSTIC_SOURCE,
        message: visibleText(finding.message),
        ...(related.length > 0
          ? {
              relatedInformation: related.map(({ uri, span, message }) => ({
                location: { uri: uriOut(uri), range: rangeIn(uri, span, snapshot) },
                message: visibleText(can.showsFindings ? shortened(message) : message),
              })),
            }
          : {}),
      };
    },
    isAsReported,
    workspaceEdit({ edits, deletes = [] }, snapshot) {
      const can = abilities();
      const byFile = groupBy(edits, (edit) => edit.uri);
      const textEdits = (uri: Uri, all: readonly FileEdit[]): TextEdit[] =>
        all.map(({ span, newText }) => ({ range: rangeIn(uri, span, snapshot), newText }));

      if (!can.documentChanges) {
        const changes: Record<DocumentUri, TextEdit[]> = {};
        for (const [uri, all] of byFile) changes[uriOut(uri)] = textEdits(uri, all);
        return { changes };
      }
      const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [];
      for (const [uri, all] of byFile) {
        const isNew = snapshot.textOf(uri) === undefined && documents.get(uri) === undefined;
        if (isNew && can.createsFiles) {
          documentChanges.push({ kind: 'create', uri: uriOut(uri), options: { ignoreIfExists: true } });
        }
        const open = documents.get(uri);
        // An earlier version makes the client refuse the edit if the text changed meanwhile.
        const isOver = open !== undefined && open.text !== snapshot.textOf(uri);
        const version = open === undefined ? null : isOver ? open.version - 1 : open.version;
        const change: TextDocumentEdit = {
          textDocument: { uri: uriOut(uri), version },
          edits: textEdits(uri, all),
        };
        documentChanges.push(change);
      }
      for (const uri of deletes) {
        documentChanges.push({ kind: 'delete', uri: uriOut(uri), options: { ignoreIfNotExists: true } });
      }
      return { documentChanges };
    },
  };
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

function toRange(positions: Positions, span: Span): Range {
  return { start: positions.positionAt(span.start), end: positions.positionAt(span.end) };
}
