import * as vscode from 'vscode';
import {
  type AssistantAnswer,
  type AssistantQuestion,
  SERVER_COMMANDS,
} from '../../server/src/lsp/messages.ts';
import type { ServerHandle } from './server-handle.ts';
import { t } from './translate.ts';

/** The tools in `contributes.languageModelTools`, with the question that each asks the server. */
const TOOLS: Readonly<
  Record<string, { readonly tool: AssistantQuestion['tool']; describe(input: Input): string }>
> = {
  dependencyHygiene_verifyPackage: {
    tool: 'verify_package',
    describe: ({ package: name }) => t('Verifying the package {0}', shown(name)),
  },
  dependencyHygiene_checkNames: { tool: 'check_names', describe: () => t('Judging names of packages') },
  dependencyHygiene_checkProject: {
    tool: 'check_project',
    describe: () => t('Checking the dependencies of the workspace'),
  },
  dependencyHygiene_explainRule: {
    tool: 'explain_rule',
    describe: ({ rule }) => t('Explaining the rule {0}', shown(rule)),
  },
};

type Input = Readonly<Record<string, unknown>>;

/** Registers the tools that coding assistants in VS Code can call. The server answers them. */
export function registerAssistantTools(server: ServerHandle): vscode.Disposable {
  const registered = Object.entries(TOOLS).map(([name, { tool, describe }]) =>
    vscode.lm.registerTool<Input>(name, {
      prepareInvocation: ({ input }) => ({ invocationMessage: describe(input) }),
      async invoke({ input }) {
        const question = { ...input, tool } as AssistantQuestion;
        const answer = (await server.executeCommand(
          SERVER_COMMANDS.answerAssistant,
          question,
        )) as AssistantAnswer | null;
        const text = answer === null ? 'The check failed.' : 'text' in answer ? answer.text : answer.problem;
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      },
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** Returns a word of an assistant without Markdown, bounded. */
function shown(word: unknown): string {
  return String(word)
    .slice(0, 100)
    .replace(/[^\w@./~^-]/g, '');
}
