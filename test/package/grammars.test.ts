import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const ROOT = path.join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

interface Contribution {
  readonly languages: readonly {
    readonly id: string;
    readonly filenames?: readonly string[];
    readonly configuration?: string;
  }[];
  readonly grammars: readonly {
    readonly language: string;
    readonly scopeName: string;
    readonly path: string;
  }[];
}

const { contributes } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  contributes: Contribution;
};

await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => {
    const found = contributes.grammars.find(({ scopeName }) => scopeName === scope)!;
    const file = path.join(ROOT, found.path);
    return textmate.parseRawGrammar(readFileSync(file, 'utf8'), file);
  },
});

/** Returns the tokens of a text as VS Code sees them: each with its innermost scope, without the language's name. */
async function tokens(fileName: string, text: string): Promise<readonly string[]> {
  const language = contributes.languages.find(({ filenames }) => filenames?.includes(fileName))!;
  const { scopeName } = contributes.grammars.find((each) => each.language === language.id)!;
  const grammar = (await registry.loadGrammar(scopeName))!;
  const name = scopeName.replace('source', '');
  let stack = textmate.INITIAL;
  return text.split('\n').flatMap((line) => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    // The quotes of a string are tokens of their own, in the scope of what they surround.
    const joined: { text: string; scope: string }[] = [];
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const [text, scope] = [line.slice(startIndex, endIndex), scopes.at(-1)!];
      if (joined.at(-1)?.scope === scope) joined.at(-1)!.text += text;
      else joined.push({ text, scope });
    }
    return joined
      .filter(({ text, scope }) => text.trim() !== '' && scope !== scopeName)
      .map(({ text, scope }) => `${text.trim()} ${scope.replace(name, '')}`);
  });
}

describe('the grammar of yarn.lock', () => {
  test('an entry of Yarn 1', async () => {
    assert.deepEqual(
      await tokens(
        'yarn.lock',
        `# yarn lockfile v1

"@acme/a@^1.0.0", b@~2.1.0:
  version "1.1.2"
  resolved "https://npm.example.test/@acme/a/-/a-1.1.2.tgz#0123456789abcdef0123456789abcdef01234567"
  integrity sha512-Zm9v+/==
  dependencies:
    "@acme/c" "^1.0.0"
    d ">= 2 < 4"`,
      ),
      [
        '# yarn lockfile v1 comment.line.number-sign',
        '" punctuation.definition.string.begin',
        '@acme/a entity.name.tag.package',
        '@ punctuation.separator.version',
        '^1.0.0 string.quoted.double.range',
        '" punctuation.definition.string.end',
        ', punctuation.separator.list',
        'b entity.name.tag.package',
        '@ punctuation.separator.version',
        '~2.1.0 string.unquoted.range',
        ': punctuation.separator.key-value',
        'version support.type.property-name',
        '"1.1.2" string.quoted.double',
        'resolved support.type.property-name',
        '" string.quoted.double',
        'https://npm.example.test/@acme/a/-/a-1.1.2.tgz markup.underline.link',
        '# string.quoted.double',
        '0123456789abcdef0123456789abcdef01234567 constant.other.hash',
        '" string.quoted.double',
        'integrity support.type.property-name',
        'sha512 keyword.other.algorithm',
        'Zm9v+/== constant.other.hash',
        'dependencies keyword.other.block',
        ': punctuation.separator.key-value',
        '" punctuation.definition.string.begin',
        '@acme/c entity.name.tag.package',
        '" punctuation.definition.string.end',
        '"^1.0.0" string.quoted.double',
        'd entity.name.tag.package',
        '">= 2 < 4" string.quoted.double',
      ],
    );
  });

  test('an alias, a conflict, and a line that is not whole do not spill into the next', async () => {
    assert.deepEqual(
      await tokens('yarn.lock', '"r@npm:react@17":\n<<<<<<< HEAD\n  version "1.0\n  resolved "x"\na@1:'),
      [
        '" punctuation.definition.string.begin',
        'r entity.name.tag.package',
        '@ punctuation.separator.version',
        'npm:react@17 string.quoted.double.range',
        '" punctuation.definition.string.end',
        ': punctuation.separator.key-value',
        '<<<<<<< HEAD invalid.illegal.conflict',
        'version support.type.property-name',
        '"1.0 string.quoted.double',
        'resolved support.type.property-name',
        '"x" string.quoted.double',
        'a entity.name.tag.package',
        '@ punctuation.separator.version',
        '1 string.unquoted.range',
        ': punctuation.separator.key-value',
      ],
    );
  });

  test('an entry of later versions of Yarn, which have the same file name', async () => {
    assert.deepEqual(
      await tokens(
        'yarn.lock',
        '"a@npm:^1.0.0":\n  version: 1.1.2\n  resolution: "a@npm:1.1.2"\n  linkType: hard',
      ),
      [
        '" punctuation.definition.string.begin',
        'a entity.name.tag.package',
        '@ punctuation.separator.version',
        'npm:^1.0.0 string.quoted.double.range',
        '" punctuation.definition.string.end',
        ': punctuation.separator.key-value',
        'version support.type.property-name',
        ': punctuation.separator.key-value',
        '1.1.2 constant.numeric.version',
        'resolution support.type.property-name',
        ': punctuation.separator.key-value',
        '"a@npm:1.1.2" string.quoted.double',
        'linkType support.type.property-name',
        ': punctuation.separator.key-value',
        'hard string.unquoted',
      ],
    );
  });
});

describe('the grammar of .npmrc', () => {
  test('settings, scopes, credentials, lists, variables and comments', async () => {
    assert.deepEqual(
      await tokens(
        '.npmrc',
        `; a comment
min-release-age=3
@acme:registry=https://npm.example.test/
//npm.example.test/:_authToken=\${NPM_TOKEN}
min-release-age-exclude[]="@acme/*"
save-exact=true`,
      ),
      [
        '; a comment comment.line',
        'min-release-age variable.other.setting',
        '= keyword.operator.assignment',
        '3 constant.numeric',
        '@acme: entity.name.type.registry',
        'registry variable.other.setting',
        '= keyword.operator.assignment',
        'https://npm.example.test/ markup.underline.link',
        '//npm.example.test/: entity.name.type.registry',
        '_authToken variable.other.setting',
        '= keyword.operator.assignment',
        `\${NPM_TOKEN} variable.language.environment`,
        'min-release-age-exclude variable.other.setting',
        '[] punctuation.definition.list',
        '= keyword.operator.assignment',
        '"@acme/*" string.quoted',
        'save-exact variable.other.setting',
        '= keyword.operator.assignment',
        'true constant.language.boolean',
      ],
    );
  });
});

test('each language with a grammar has a configuration that is JSON', () => {
  for (const { language } of contributes.grammars) {
    const { configuration } = contributes.languages.find(({ id }) => id === language)!;
    const text = readFileSync(path.join(ROOT, configuration!), 'utf8');
    assert.equal((JSON.parse(text) as { comments: { lineComment: string } }).comments.lineComment, '#');
  }
});
