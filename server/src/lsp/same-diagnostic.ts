import type { Diagnostic, Position, Range } from 'vscode-languageserver';

/** Checks whether a client shows both alike. Diagnostics for one client differ only in the members compared here. */
export function sameDiagnostic(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.message === b.message &&
    a.code === b.code &&
    a.severity === b.severity &&
    a.codeDescription?.href === b.codeDescription?.href &&
    isSameRange(a.range, b.range) &&
    isSameRelated(a.relatedInformation, b.relatedInformation)
  );
}

function isSameRelated(a: Diagnostic['relatedInformation'], b: Diagnostic['relatedInformation']): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every(({ message, location }, at) => {
    const other = b[at]!;
    return (
      message === other.message &&
      location.uri === other.location.uri &&
      isSameRange(location.range, other.location.range)
    );
  });
}

export function isSameRange(a: Range, b: Range): boolean {
  return isSamePosition(a.start, b.start) && isSamePosition(a.end, b.end);
}

function isSamePosition(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}
