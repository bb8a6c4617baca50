import { CompletionItemTag, type InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from './messages.ts';
import type { Encoding } from './positions.ts';

/** The client's capabilities, read once. What it did not announce is unsupported. */
export interface ClientAbilities {
  readonly encoding: Encoding;
  /** Whether it pulls diagnostics; otherwise they are pushed. Never both. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly codeActionObjects: boolean;
  readonly preferredActions: boolean;
  readonly documentChanges: boolean;
  /** Whether it can show edits with their reasons before it applies them. */
  readonly annotatesChanges: boolean;
  readonly createsFiles: boolean;
  readonly deletesFiles: boolean;
  readonly appliesEdits: boolean;
  readonly markdownHover: boolean;
  readonly definitionLinks: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly linkTooltips: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly disabledActions: boolean;
  readonly completionSnippets: boolean;
  readonly completionDetails: boolean;
  readonly completionTags: boolean;
  readonly markdownCompletion: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly watchesFiles: boolean;
  readonly watchesOutside: boolean;
  readonly showsProgress: boolean;
  readonly changesFolders: boolean;
  readonly showsStatus: boolean;
  /** Whether it shows the diagnostics at the cursor beside a hover card, which then need not repeat them. */
  readonly showsFindings: boolean;
  /** Whether it completes and explains dependency-hygiene.json from its schema, whose texts are then not repeated. */
  readonly hasSchema: boolean;
  readonly showsLog: boolean;
  /** The ids of client commands that actions and completions may call. */
  readonly commands: ReadonlySet<string>;
  /** The files that it reads for the server, besides open documents. */
  readonly readsFiles: InitializationOptions['files'];
  /** The ids of commands that links in hover cards may run. */
  readonly hoverCommands: ReadonlySet<string>;
  readonly hoverIcons: boolean;
  readonly ruleLink: string | undefined;
  readonly trusted: boolean;
  /** As the client spells them. */
  readonly trustedFolders: readonly string[];
}

export function readAbilities(params: InitializeParams): ClientAbilities {
  const { general, textDocument, workspace, window } = params.capabilities;
  const options = readOptions(params.initializationOptions);
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const item = textDocument?.completion?.completionItem;
  return {
    encoding: chooseEncoding(general?.positionEncodings),
    pullsDiagnostics: pulled !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: (pulled?.relatedInformation ?? published?.relatedInformation) === true,
    codeDescription: (pulled?.codeDescriptionSupport ?? published?.codeDescriptionSupport) === true,
    codeActionObjects: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    preferredActions: textDocument?.codeAction?.isPreferredSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    annotatesChanges:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    deletesFiles: workspace?.workspaceEdit?.resourceOperations?.includes('delete') === true,
    appliesEdits: workspace?.applyEdit === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    linkTooltips: textDocument?.documentLink?.tooltipSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    disabledActions: textDocument?.codeAction?.disabledSupport === true,
    completionSnippets: item?.snippetSupport === true,
    completionDetails: item?.labelDetailsSupport === true,
    completionTags: item?.tagSupport?.valueSet.includes(CompletionItemTag.Deprecated) === true,
    markdownCompletion: item?.documentationFormat?.includes('markdown') === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesOutside: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    showsProgress: window?.workDoneProgress === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsStatus: options.status === true,
    showsFindings: options.diagnosticsInHover === true,
    hasSchema: options.schema === true,
    showsLog: options.log === true,
    commands: new Set(options.commands),
    readsFiles: options.files,
    hoverCommands: new Set(options.hoverCommands),
    hoverIcons: options.hoverIcons === true,
    ruleLink: options.ruleLink,
    trusted: options.trusted === true,
    trustedFolders: options.trustedFolders ?? [],
  };
}

/** Chooses an encoding. The engine counts in UTF-16, which is the protocol's default unless the client omits it. */
function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  if (offered === undefined || offered.includes('utf-16')) return 'utf-16';
  return offered.includes('utf-8') ? 'utf-8' : 'utf-16';
}

function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const { trusted, trustedFolders, commands, hoverCommands, files, ruleLink, ...flags } = value as Record<
    string,
    unknown
  >;
  const texts = (list: unknown) =>
    Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
  return {
    trusted: trusted === true,
    trustedFolders: texts(trustedFolders),
    commands: texts(commands),
    hoverCommands: texts(hoverCommands),
    hoverIcons: flags.hoverIcons === true,
    status: flags.status === true,
    diagnosticsInHover: flags.diagnosticsInHover === true,
    schema: flags.schema === true,
    log: flags.log === true,
    ...(files === 'virtual' || files === 'all' ? { files } : {}),
    ...(typeof ruleLink === 'string' ? { ruleLink } : {}),
  };
}
