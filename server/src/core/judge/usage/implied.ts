/** What makes a tool or framework use a package that no file of the project names. */
export interface UsageFacts {
  /** Checks whether a manifest around or below declares one of these. */
  declares(name: RegExp | string): boolean;
  /** Checks whether there is a file of such a path below the manifest. */
  hasFile(path: RegExp): boolean;
  /** Checks whether a configuration or script of the project has such text. */
  hasText(text: RegExp): boolean;
}

type Implied = readonly [name: RegExp, when: (facts: UsageFacts) => boolean];

const by =
  (...names: (RegExp | string)[]) =>
  (facts: UsageFacts) =>
    names.some((name) => facts.declares(name));
const file = (path: RegExp) => (facts: UsageFacts) => facts.hasFile(path);
const always = () => true;
const any =
  (...tests: ((facts: UsageFacts) => boolean)[]) =>
  (facts: UsageFacts) =>
    tests.some((test) => test(facts));

const DATABASES = by(
  /^(?:knex|sequelize|typeorm|bookshelf|objection|kysely|drizzle-kit|mikro-orm)$/,
  /^@mikro-orm\//,
);

/** What each tool loads by itself, from its documentation. */
const IMPLIED: readonly Implied[] = [
  [/^typescript$/, any(file(/\.[cm]?tsx?$|(?:^|\/)tsconfig[^/]*\.json$|\.vue$/), by(/typescript/))],
  [/^react$/, any(file(/\.[jt]sx$/), by(/^(?:next|gatsby|react-scripts|react-dom|react-native)$/))],
  [
    /^react-dom$/,
    by(/^(?:next|gatsby|react-scripts|@docusaurus\/core|@storybook\/react.*|@testing-library\/react)$/),
  ],
  [/^preact-render-to-string$/, by('preact')],
  [
    /^(?:sass|node-sass|sass-embedded)$/,
    any(file(/\.s[ac]ss$/), (facts) => facts.hasText(/lang=["']s[ac]ss["']/)),
  ],
  [/^less$/, any(file(/\.less$/), (facts) => facts.hasText(/lang=["']less["']/))],
  [/^stylus$/, any(file(/\.styl(?:us)?$/), (facts) => facts.hasText(/lang=["']stylus["']/))],
  [/^pug$/, any(file(/\.pug$/), (facts) => facts.hasText(/lang=["']pug["']/))],
  [
    /^(?:ejs|hbs|nunjucks|eta|liquidjs|mustache|handlebars)$/,
    file(/\.(?:ejs|hbs|handlebars|njk|eta|liquid|mustache)$/),
  ],
  [
    /^(?:sass|less|stylus|postcss|css|style|file|url|raw|ts|babel)-loader$/,
    by('@vue/cli-service', 'react-scripts'),
  ],
  [/^sharp$/, by('next', '@nuxt/image', 'astro', /^gatsby-plugin-sharp$/, 'payload')],
  [
    /^(?:pg|pg-hstore|pg-native|mysql2?|sqlite3|better-sqlite3|tedious|oracledb|mariadb|mongodb|sql\.js)$/,
    DATABASES,
  ],
  [/^pg-native$/, by('pg')],
  [/^(?:bufferutil|utf-8-validate)$/, by('ws', 'websocket', /^socket\.io/)],
  [/^(?:@nestjs\/platform-\w+|class-validator|class-transformer|reflect-metadata|rxjs)$/, by('@nestjs/core')],
  [/^(?:zone\.js|rxjs|tslib|@angular\/.+|@angular-devkit\/.+)$/, by('@angular/core', '@angular/cli')],
  [
    /^(?:webpack-cli|webpack-dev-server|webpack)$/,
    any(file(/webpack[^/]*\.[cm]?[jt]s$/), (facts) => facts.hasText(/\bwebpack\b/)),
  ],
  [/^karma-/, by('karma')],
  [/^grunt-/, by('grunt', 'load-grunt-tasks')],
  [/^gulp-/, by('gulp-load-plugins')],
  [/^hexo-/, by('hexo')],
  [/^@vue\/cli-plugin-/, by('@vue/cli-service')],
  [
    /^(?:@vue\/compiler-sfc|vue-template-compiler)$/,
    by('vue-loader', 'vue-jest', '@vue/vue3-jest', /vue2|rollup-plugin-vue/),
  ],
  [/^hubot-/, by('hubot')],
  [
    /^(?:core-js|regenerator-runtime|@babel\/runtime|@babel\/runtime-corejs3)$/,
    by(/^@babel\/(?:preset-env|plugin-transform-runtime)$/, /^babel-preset-/),
  ],
  [/^@babel\/core$/, by(/babel/, 'next', 'jest')],
  [/^@babel\/(?:eslint-parser|node|register)$/, (facts) => facts.hasText(/@babel\/|babel-node/)],
  [/^tslib$/, (facts) => facts.hasText(/importHelpers/)],
  [/^@swc\/helpers$/, any(by('@swc/core'), (facts) => facts.hasText(/externalHelpers/))],
  [/^@swc\/core$/, by(/^@swc\/(?:cli|jest)$/, 'swc-loader', 'unplugin-swc', 'ts-node', 'tsup')],
  [/^@size-limit\//, any(by('size-limit'), file(/(?:^|\/)\.size-limit/))],
  [/^husky$/, file(/(?:^|\/)\.husky\//)],
  [/^eslint$/, any(file(/(?:^|\/)(?:eslint\.config\.[cm]?[jt]s|\.eslintrc[^/]*)$/), by(/eslint/))],
  [/^prettier$/, any(file(/(?:^|\/)(?:\.prettierrc[^/]*|prettier\.config\.[cm]?[jt]s)$/), by(/prettier/))],
  [/^stylelint$/, any(file(/(?:^|\/)\.?stylelint/), by(/^stylelint-/))],
  [/^postcss$/, any(file(/postcss[^/]*\.\w+$/), by('tailwindcss', /^postcss-/, 'autoprefixer', 'next'))],
  [/^vite$/, any(file(/(?:^|\/)vite[\w.-]*\.[cm]?[jt]s$/), by('vitest', /vite-plugin/, '@sveltejs/kit'))],
  [
    /^(?:vitest|jest|mocha|ava|tap|jasmine)$/,
    file(
      /(?:^|\/)\.?(?:vitest|jest|mocha|ava|tap|jasmine)[\w.-]*(?:rc|config)?[\w.-]*\.(?:[cm]?[jt]s|json|ya?ml)$|(?:^|\/)\.(?:mocharc|taprc)/,
    ),
  ],
  [
    /^(?:@vitest\/coverage-|@vitest\/ui$|c8$|nyc$)/,
    (facts) => facts.hasText(/coverage|--ui\b|\bc8\b|\bnyc\b/),
  ],
  [/^(?:jsdom|happy-dom)$/, (facts) => facts.hasText(/\bjsdom\b|\bhappy-dom\b|environment-jsdom/)],
  [
    /^jest-environment-\w+$/,
    any(
      by(
        /^(?:jest|jest-cli|react-scripts|next|@jest\/.+|(?:.+[-/])?(?:ts|babel|vue|preset)-?jest)$/,
        /jest-preset/,
      ),
      file(/(?:^|\/)jest[\w.-]*\.(?:[cm]?[jt]s|json)$/),
      (facts) => facts.hasText(/["'`\s]jest["'`\s]/),
    ),
  ],
  [/^ts-node$/, any(file(/jest\.config\.ts$/), (facts) => facts.hasText(/\bts-node\b/))],
  [/^(?:chromedriver|geckodriver|edgedriver)$/, by('selenium-webdriver', 'nightwatch', /^@wdio\//)],
  [/^(?:@prisma\/client|prisma)$/, file(/\.prisma$/)],
  [/^@tailwindcss\/(?:postcss|vite|cli)$/, (facts) => facts.hasText(/@tailwindcss\//)],
  [
    /^tailwindcss$/,
    any(file(/tailwind[^/]*\.[cm]?[jt]s$/), (facts) => facts.hasText(/@tailwind\b|tailwindcss/)),
  ],
  [/^@capacitor\/(?:ios|android|core|cli)$/, by(/^@capacitor\//)],
  [/^(?:expo-.+|react-native|react-native-web|metro.*)$/, by('expo', 'react-native')],
  [/^(?:cordova-|postinstall-postinstall$)/, always],
  [/^@iconify(?:-json\/|\/json$)/, by(/unocss|unplugin-icons|iconify/)],
  [
    /^@types\/(?:node|jest|mocha|jasmine|qunit|cypress|chrome|firefox-webext-browser|google\.maps|gtag\.js|webpack-env|bun|vscode|k6|greasemonkey|wicg-.+|web|dom-.+|serviceworker|trusted-types|google.*|facebook-js-sdk|youtube|gapi.*|w3c-.+|offscreencanvas|emscripten)$/,
    always,
  ],
];

/** Checks whether a tool or framework that the project uses loads the package by itself. */
export function isImplied(name: string, facts: UsageFacts): boolean {
  return IMPLIED.some(([pattern, when]) => pattern.test(name) && when(facts));
}
