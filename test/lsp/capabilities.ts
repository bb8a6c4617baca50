import type { ClientCapabilities } from 'vscode-languageserver/node';

export type Capabilities = ClientCapabilities;

const EDITS: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'delete'] },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      isPreferredSupport: true,
    },
  },
  window: { workDoneProgress: true },
};

/** A client that pulls diagnostics, as VS Code does. */
export const PULLING: ClientCapabilities = {
  ...EDITS,
  textDocument: {
    ...EDITS.textDocument,
    diagnostic: { relatedDocumentSupport: false, relatedInformation: true, codeDescriptionSupport: true },
  },
};

/** A client that only supports pushed diagnostics, and none of the newer ways to edit. */
export const PUSHED: ClientCapabilities = {
  workspace: { configuration: true },
  textDocument: {
    publishDiagnostics: { relatedInformation: false },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

/** A client whose positions count bytes and that offers nothing else. */
export const COUNTING_BYTES: ClientCapabilities = { ...PULLING, general: { positionEncodings: ['utf-8'] } };
