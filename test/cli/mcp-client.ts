import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { CLI } from './run-cli.ts';

/** The result of a tool. */
export interface ToolAnswer<T> {
  readonly text: string;
  readonly data: T;
  readonly isError: boolean;
}

/** An assistant that is connected to `dephygiene mcp`, with the SDK's own client. */
export interface Assistant {
  readonly client: Client;
  /** Calls a tool. The client checks the result against the output schema. */
  call<T>(tool: string, given: Readonly<Record<string, unknown>>): Promise<ToolAnswer<T>>;
  close(): Promise<void>;
}

/** Starts the built command line, without the configuration of the user who runs the tests. */
export async function startAssistant(
  args: readonly string[],
  env: Readonly<Record<string, string>> = { HOME: join(tmpdir(), 'no-home') },
  options: ClientOptions = {},
): Promise<Assistant> {
  const client = new Client({ name: 'test', version: '1.0.0' }, options);
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [CLI, 'mcp', ...args],
      env: { ...env },
      stderr: 'inherit',
    }),
  );
  // Learns the output schemas.
  await client.listTools();
  return {
    client,
    async call<T>(name: string, given: Readonly<Record<string, unknown>>) {
      const { content, structuredContent, isError } = await client.callTool({
        name,
        arguments: { ...given },
      });
      const [first] = content;
      return {
        text: first?.type === 'text' ? first.text : '',
        data: structuredContent as T,
        isError: isError === true,
      };
    },
    close: () => client.close(),
  };
}
