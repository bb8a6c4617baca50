import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Hover,
  type MarkupContent,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type Capabilities, PULLING } from '../../lsp/capabilities.ts';
import { startClient, type TestClient } from '../../lsp/test-client.ts';

const DIST = path.join(import.meta.dirname, '../../../dist');

export const SERVER = [path.join(DIST, 'server.js'), '--stdio'];
export const CLI_SERVER = [path.join(DIST, 'cli.js'), 'lsp', '--stdio'];

/** The server itself waits a moment for an answer each time. */
const MOST_HOVERS = 20;

export interface BuiltServer {
  readonly client: TestClient;
  /** Returns the URI of a file of the project. */
  uri(file: string): string;
  /** Returns the card at the first occurrence of this text in a file, as it is shown at once. */
  hoverOnce(file: string, part: string): Promise<string>;
  /** Returns the same once the registry has answered, however long a busy machine takes. */
  hover(file: string, part: string): Promise<string>;
  /** Ends the server as an editor does, and returns its standard error. */
  stop(): Promise<string>;
}

/** Starts the built server in a separate process, with a project on disk that is open in an editor. */
export async function startBuiltServer(options: {
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
  readonly program?: readonly string[];
  readonly trusted?: boolean;
  /** Paths of folders that are trusted by name. */
  readonly trustedFolders?: readonly string[];
  /** Paths of the open folders, by default the project alone. */
  readonly folders?: readonly string[];
  /** The client's answer for our section. */
  readonly settings?: object;
  readonly capabilities?: Capabilities;
  /** Whether the client shows the status of the check. */
  readonly status?: boolean;
}): Promise<BuiltServer> {
  const { project, env, program = SERVER, trusted = true, capabilities = PULLING } = options;
  const { trustedFolders, folders = [project], settings, status } = options;
  const child = spawn(process.execPath, [...program], { cwd: project, env, stdio: 'pipe' });
  const endWithTests = () => child.kill();
  process.once('exit', endWithTests);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const uri = (file: string) => pathToFileURL(path.join(project, file)).href;
  const client = await startClient({
    connection,
    files: Object.fromEntries(filesOf(project).map(([file, text]) => [uri(file), text])),
    folders: folders.map((folder) => pathToFileURL(folder).href),
    initializationOptions: { trusted, trustedFolders, status },
    settings,
    capabilities,
  });
  const hoverOnce = async (file: string, part: string) => {
    const position = client.rangeOf(uri(file), part).start;
    const hover = await connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: uri(file) },
      position,
    });
    return hover === null ? '' : (hover.contents as MarkupContent).value;
  };
  return {
    client,
    uri,
    hoverOnce,
    async hover(file, part) {
      for (let asked = 1; ; asked++) {
        const card = await hoverOnce(file, part);
        if (asked === MOST_HOVERS || !/registry data[^()]*\(no answer yet\)/.test(card)) return card;
      }
    },
    async stop() {
      await connection.sendRequest('shutdown');
      const exited = once(child, 'exit');
      await connection.sendNotification('exit');
      await exited;
      connection.dispose();
      process.off('exit', endWithTests);
      return said;
    },
  };
}

function filesOf(project: string): readonly (readonly [file: string, text: string])[] {
  return globSync('**/{*,.*}', { cwd: project, exclude: ['**/node_modules/**'] })
    .filter((file) => statSync(path.join(project, file)).isFile())
    .map((file) => [file, readFileSync(path.join(project, file), 'utf8')]);
}
