import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CHECKED_NAMES } from '../../server/src/lsp/messages.ts';
import { withTextsInPlace } from '../../server/tools/generate/package-texts.ts';
import { runCli } from '../cli/run-cli.ts';

const root = join(import.meta.dirname, '../..');

interface Step {
  readonly id: string;
  readonly description: string;
  readonly completionEvents: readonly string[];
  readonly media: {
    readonly altText: string;
    readonly image?: string | Readonly<Record<string, string>>;
    readonly svg?: string;
  };
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Setting {
  readonly enum?: readonly unknown[];
  readonly enumItemLabels?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface Contributions {
  readonly commands: readonly { readonly command: string; readonly category?: string }[];
  readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
  readonly submenus: readonly { readonly id: string }[];
  readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  readonly views: { readonly dependencyHygiene: readonly { readonly id: string }[] };
  readonly viewsWelcome: readonly {
    readonly view: string;
    readonly contents: string;
    readonly when: string;
  }[];
  readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  readonly problemMatchers: readonly {
    readonly name: string;
    readonly pattern: { readonly regexp: string };
  }[];
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { contributes } = JSON.parse(
  withTextsInPlace(read('package.json'), JSON.parse(read('package.nls.json'))),
) as {
  readonly contributes: Contributions;
};
const client = globSync('client/src/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');
const commands = new Set(contributes.commands.map(({ command }) => command));

/** The client's commands that the palette does not list, as they take an argument. */
const isOfClient = (command: string) => commands.has(command) || command === 'dependencyHygiene.copyCommand';

describe('contributions', () => {
  for (const step of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    test(`the walkthrough's step "${step.id}" has its picture, and ends by what exists`, () => {
      const { image, svg, altText } = step.media;
      assert.ok(altText.length > 0);
      const pictures = typeof image === 'object' ? Object.values(image) : [image ?? svg ?? ''];
      for (const picture of pictures) assert.ok(existsSync(join(root, picture)), picture);
      assert.ok(step.completionEvents.length > 0);
      for (const event of step.completionEvents) {
        const [kind, subject = ''] = event.split(':');
        if (kind === 'onCommand') assert.ok(isOfClient(subject), subject);
        else assert.match(client, new RegExp(`reach\\('${subject.replace('dependencyHygiene.', '')}'\\)`));
      }
      for (const [, command = ''] of step.description.matchAll(/\(command:(dependencyHygiene\.\w+)/g)) {
        assert.ok(isOfClient(command), command);
      }
    });
  }

  test('commands have the category, and the palette lists conditions of commands that exist', () => {
    for (const { command, category } of contributes.commands) {
      assert.equal(category, 'Dependency Hygiene', command);
    }
    for (const { command = '' } of contributes.menus.commandPalette ?? [])
      assert.ok(commands.has(command), command);
  });

  for (const [state, says] of [
    [{ folders: 0, isWorkspaceTrusted: true, noManifest: true }, 'Open Folder'],
    [{ folders: 0, isWorkspaceTrusted: false, noManifest: true }, 'Open Folder'],
    [
      { folders: 1, isWorkspaceTrusted: false, restricted: true, noManifest: false },
      'Manage Workspace Trust',
    ],
    [{ folders: 1, isWorkspaceTrusted: false, restricted: true, noManifest: true }, 'Manage Workspace Trust'],
    // Until VS Code has looked, nothing is said about trust.
    [{ folders: 1, isWorkspaceTrusted: false, noManifest: false }, 'No project is loaded yet.\n'],
    [{ folders: 1, isWorkspaceTrusted: true, noManifest: true }, 'have no package.json'],
    [{ folders: 2, isWorkspaceTrusted: true, noManifest: false }, 'Check Workspace'],
  ] as const) {
    test(`an empty view says "${says}" alone with ${JSON.stringify(state)}`, () => {
      const shown = contributes.viewsWelcome.filter(
        ({ view, when }) =>
          view === 'dependencyHygiene.dependencies' && when.split(' && ').every((term) => holds(term, state)),
      );
      assert.equal(shown.length, 1);
      assert.ok(shown[0]!.contents.includes(says), shown[0]!.contents);
    });
  }

  test('menus have commands that exist, and views that exist have theirs', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command, submenu, when = '' } of items) {
        if (submenu === undefined) assert.ok(commands.has(command ?? ''), `${menu}: ${command}`);
        else assert.ok(contributes.submenus.some(({ id }) => id === submenu) && submenu in contributes.menus);
        const view = /\bview == ([\w.]+)/.exec(when)?.[1];
        // Elsewhere the condition never holds.
        if (view !== undefined) assert.match(menu, /^view\//, `${menu}: ${command}`);
        const views = contributes.views.dependencyHygiene.map(({ id }) => id);
        if (view !== undefined) assert.ok(views.includes(view), view);
      }
    }
    for (const { view } of contributes.viewsWelcome)
      assert.ok(
        contributes.views.dependencyHygiene.some(({ id }) => id === view),
        view,
      );
  });

  test('settings with a choice of values have a label and a description for each', () => {
    for (const [name, setting] of contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties),
    )) {
      if (setting.enum === undefined) continue;
      assert.equal(setting.enumItemLabels?.length, setting.enum.length, name);
      assert.equal(setting.enumDescriptions?.length, setting.enum.length, name);
    }
  });

  test('menus of files are for package files alone, which the server checks', () => {
    for (const menu of ['editor/title', 'editor/context', 'explorer/context']) {
      for (const { when = '' } of contributes.menus[menu] ?? []) {
        const names = /resourceFilename =~ \/\^\((.*)\)\$\//.exec(when)?.[1] ?? '';
        const files = names.split('|').map((name) => name.replaceAll('\\', ''));
        assert.ok(files.length > 1);
        for (const file of files) assert.ok(CHECKED_NAMES.includes(file), file);
      }
    }
  });

  test('the problem matcher reads every line of the compact report', () => {
    const [matcher] = contributes.problemMatchers;
    assert.equal(matcher?.name, 'dephygiene');
    const pattern = new RegExp(matcher.pattern.regexp);
    const { out } = runCli(['check', join(root, 'test/fixtures/demo'), '--format', 'compact']);
    const lines = out.split('\n').filter((line) => line !== '');
    const read = lines.map((line) => pattern.exec(line)?.slice(1) ?? [line]);
    assert.deepEqual(
      read.filter((parts) => parts.length !== 6),
      [],
    );
    const malware = read.find((parts) => parts[5] === 'malicious-version');
    assert.deepEqual(malware?.slice(0, 4), ['shop/package.json', '14', '15', 'error']);
  });
});

/** Evaluates one term of the conditions that package.json has. */
function holds(
  term: string,
  state: {
    readonly folders: number;
    readonly isWorkspaceTrusted: boolean;
    readonly restricted?: boolean;
    readonly noManifest: boolean;
  },
): boolean {
  const terms: Readonly<Record<string, boolean>> = {
    'workspaceFolderCount == 0': state.folders === 0,
    'workspaceFolderCount > 0': state.folders > 0,
    isWorkspaceTrusted: state.isWorkspaceTrusted,
    '!isWorkspaceTrusted': !state.isWorkspaceTrusted,
    'dependencyHygiene.noManifest': state.noManifest,
    '!dependencyHygiene.noManifest': !state.noManifest,
    'dependencyHygiene.restricted': state.restricted === true,
    '!dependencyHygiene.restricted': state.restricted !== true,
  };
  const value = terms[term];
  assert.ok(value !== undefined, term);
  return value;
}
