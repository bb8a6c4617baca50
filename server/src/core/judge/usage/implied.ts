/** What makes a tool or framework use a package that no file of the project names. */
export interface UsageFacts {
  /** Checks whether the manifest or one below declares one of these. */
  declares(name: RegExp | string): boolean;
  /** Checks the same for the manifests above as well. */
  declaresAround(name: RegExp | string): boolean;
  /** Checks whether there is a file of such a path below the manifest. */
  hasFile(path: RegExp): boolean;
  /** Checks whether a configuration or script of the project has such text. */
  hasText(text: RegExp): boolean;
  /** Checks the same for the configuration of one tool, by its path. */
  hasTextIn(path: RegExp, text: RegExp): boolean;
  /** Whether it is known what packages want to find beside them. */
  readonly knowsPeers: boolean;
}

type Implied = readonly [name: RegExp, when: (facts: UsageFacts, name: string) => boolean];

const by =
  (...names: (RegExp | string)[]) =>
  (facts: UsageFacts) =>
    names.some((name) => facts.declares(name));
const byAround =
  (...names: (RegExp | string)[]) =>
  (facts: UsageFacts) =>
    names.some((name) => facts.declaresAround(name));
const file = (path: RegExp) => (facts: UsageFacts) => facts.hasFile(path);
const text = (pattern: RegExp) => (facts: UsageFacts) => facts.hasText(pattern);
const always = () => true;
const any =
  (...tests: ((facts: UsageFacts) => boolean)[]) =>
  (facts: UsageFacts) =>
    tests.some((test) => test(facts));

const all =
  (...tests: ((facts: UsageFacts) => boolean)[]) =>
  (facts: UsageFacts) =>
    tests.every((test) => test(facts));

const DATABASES = by(
  /^(?:knex|sequelize|typeorm|bookshelf|objection|kysely|drizzle-kit|mikro-orm)$/,
  /^@mikro-orm\//,
  '@strapi/strapi',
);

/** Drivers of databases, by what names their database. */
const DRIVERS: readonly Implied[] = [
  [/^pg(?:-.+)?$/, text(/postgres|cockroach|\bpg\b/i)],
  [/^(?:mysql2?|mariadb)$/, text(/mysql|mariadb/i)],
  [/^(?:sqlite3|better-sqlite3|sql\.js)$/, text(/sqlite|sqljs/i)],
  [/^tedious$/, text(/mssql|tedious/i)],
  [/^oracledb$/, text(/oracle/i)],
  [/^mongodb$/, text(/mongo/i)],
  [/^(?:redis|ioredis|@redis\/client|@upstash\/redis)$/, text(/redis|upstash/i)],
];

/** What each tool loads by itself, from its documentation. */
const IMPLIED: readonly Implied[] = [
  [/^typescript$/, any(file(/\.[cm]?tsx?$|(?:^|\/)tsconfig[^/]*\.json$|\.vue$/), by(/typescript/))],
  [/^react$/, any(file(/\.[jt]sx$/), by(/^(?:next|gatsby|react-scripts|react-dom|react-native)$/))],
  [
    /^react-dom$/,
    by(/^(?:next|gatsby|react-scripts|@docusaurus\/core|@storybook\/react.*|@testing-library\/react)$/),
  ],
  [/^@mdx-js\/react$/, by('@docusaurus/core', '@next/mdx')],
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
  ...DRIVERS.map(([name, when]): Implied => [name, (facts, own) => DATABASES(facts) && when(facts, own)]),
  [/^workbox-build$/, file(/(?:^|\/)stencil[\w.-]*\.config\.[jt]s$|\.stencil\.config\.[jt]s$/)],
  [/^pg-native$/, by('pg')],
  [/^(?:bufferutil|utf-8-validate)$/, by('ws', 'websocket', /^socket\.io/)],
  [
    /^(?:@nestjs\/platform-[\w.]+|class-validator|class-transformer|reflect-metadata|rxjs)$/,
    by('@nestjs/core'),
  ],
  [
    /^(?:zone\.js|rxjs|tslib|@angular\/(?:build|cli|common|compiler|compiler-cli|core|language-service|localize|platform-browser.*)|@angular-devkit\/.+)$/,
    by('@angular/core', '@angular/cli'),
  ],
  [
    /^(?:webpack-cli|webpack-dev-server|webpack)$/,
    any(file(/webpack[^/]*\.[cm]?[jt]s$/), (facts) => facts.hasText(/\bwebpack\b/)),
  ],
  [/^karma-/, all(by('karma'), (facts) => !facts.hasFile(KARMA))],
  [/^karma-/, (facts, name) => facts.hasTextIn(KARMA, karmaName(name))],
  [/^grunt-/, by('grunt', 'load-grunt-tasks')],
  [/^gulp-/, by('gulp-load-plugins')],
  [/^hexo-/, by('hexo')],
  [/^@vue\/cli-plugin-/, by('@vue/cli-service')],
  [
    /^(?:@vue\/compiler-sfc|vue-template-compiler)$/,
    by('vue-loader', 'vue-jest', '@vue/vue3-jest', '@vue/cli-service', /vue2|rollup-plugin-vue/),
  ],
  [/^hubot-/, by('hubot')],
  // Of the entry for the server, unless a project has its own.
  [/^isbot$/, by('@remix-run/dev', '@react-router/dev')],
  [/^karma$/, text(/:karma["']/)],
  [/^jasmine-core$/, by(/^karma-jasmine/)],
  [/^(?:@strapi\/plugin-|strapi-plugin-)/, by('@strapi/strapi')],
  [
    /^(?:@strapi\/|strapi-)provider-/,
    (facts, name) => facts.hasText(quotedEnd(name.replace(/^.*?provider-(?:upload|email)-/, ''))),
  ],
  // Bundles functions with the project's own esbuild if there is one.
  [/^esbuild$/, text(/\baws-lambda-nodejs\b/)],
  [/^@react-native-community\/cli(?:-platform-.+)?$/, by('react-native')],
  [/^@docusaurus\/faster$/, all(by('@docusaurus/core'), text(/\b(?:experimental_)?faster\b/))],
  [/^(?:@slidev\/|slidev-)theme-/, by('@slidev/cli')],
  [
    /^core-js$/,
    any(
      by('@vue/cli-plugin-babel'),
      all(by('@babel/preset-env', /^babel-preset-/), text(/useBuiltIns|corejs/)),
    ),
  ],
  [/^regenerator-runtime$/, by(/^@babel\/(?:preset-env|plugin-transform-runtime)$/, /^babel-preset-/)],
  [
    /^@babel\/runtime(?:-corejs3)?$/,
    byAround('@babel/plugin-transform-runtime', 'react-native', 'expo', /^babel-preset-/),
  ],
  [/^(?:@babel\/(?:core|preset-env)|babel-jest)$/, by('react-native', 'expo')],
  [/^(?:react-dom|@expo\/metro-runtime)$/, by('react-native-web')],
  [/^@babel\/core$/, by(/babel/, 'next', 'jest')],
  [/^@babel\/(?:eslint-parser|node|register)$/, (facts) => facts.hasText(/@babel\/|babel-node/)],
  [/^tslib$/, (facts) => facts.hasText(/importHelpers/)],
  [/^@swc\/helpers$/, any(by('@swc/core'), (facts) => facts.hasText(/externalHelpers/))],
  [
    /^@swc\/core$/,
    any(
      by(/^@swc\/(?:cli|jest)$/, /^@swc-node\//, 'swc-loader', 'unplugin-swc', 'ts-node', 'tsup'),
      file(/(?:^|\/)\.swcrc$/),
      all(by('@nestjs/cli', 'webpack', '@rspack/core'), text(/\bswc\b/)),
    ),
  ],
  [/^terser$/, any(by('@vitejs/plugin-legacy'), text(/\bterser\b/))],
  [/^@size-limit\//, any(by('size-limit'), file(/(?:^|\/)\.size-limit/))],
  [/^husky$/, file(/(?:^|\/)\.husky\//)],
  [/^eslint$/, any(file(/(?:^|\/)(?:eslint\.config\.[cm]?[jt]s|\.eslintrc[^/]*)$/), by(/eslint/))],
  // The configuration of the plugin extends it.
  [/^eslint-config-prettier$/, text(/\bprettier\/recommended\b/)],
  [/^prettier$/, any(file(/(?:^|\/)(?:\.prettierrc[^/]*|prettier\.config\.[cm]?[jt]s)$/), by(/prettier/))],
  [/^stylelint$/, any(file(/(?:^|\/)\.?stylelint/), by(/^stylelint-/))],
  [
    /^postcss$/,
    all(
      ({ knowsPeers }) => !knowsPeers,
      any(file(/postcss[^/]*\.\w+$/), by('tailwindcss', /^postcss-/, 'autoprefixer', 'next')),
    ),
  ],
  [/^vite$/, any(file(/(?:^|\/)vite[\w.-]*\.[cm]?[jt]s$/), by('vitest', /vite-plugin/, '@sveltejs/kit'))],
  [
    /^(?:vitest|jest|mocha|ava|tap|jasmine)$/,
    file(
      /(?:^|\/)\.?(?:vitest|jest|mocha|ava|tap|jasmine)[\w.-]*(?:rc|config)?[\w.-]*\.(?:[cm]?[jt]s|json|ya?ml)$|(?:^|\/)\.(?:mocharc|taprc)/,
    ),
  ],
  [/^@vitest\/coverage-/, text(/coverage/)],
  [/^@vitest\/ui$/, text(/--ui\b|\bui\s*:/)],
  [/^@vitest\/browser/, text(/\bbrowser\b/)],
  [/^(?:c8|nyc)$/, text(/\bc8\b|\bnyc\b/)],
  [/^@nuxt\/devtools$/, all(by('nuxt'), text(/\bdevtools\b/))],
  [
    /^@vueuse\/(?:core|shared|components|math|integrations|electron|firebase|rxjs|router)$/,
    by('@vueuse/nuxt'),
  ],
  [/^vue-tsc$/, text(/\bnuxi?\s+typecheck\b|\btypeCheck\s*:/)],
  [/^happy-dom$/, by('@nuxt/test-utils')],
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
  // Webpack, gulp, Knex and Karma load configurations in TypeScript by it.
  [
    /^ts-node$/,
    any(file(/(?:jest\.config|(?:^|\/)(?:webpack|gulpfile|knexfile|karma)[\w.-]*)\.[cm]?ts$/), (facts) =>
      facts.hasText(/\bts-node\b/),
    ),
  ],
  [/^(?:chromedriver|geckodriver|edgedriver)$/, by('selenium-webdriver', 'nightwatch', /^@wdio\//)],
  [/^puppeteer(?:-core)?$/, by('jest-puppeteer', 'jest-environment-puppeteer')],
  [/^@biomejs\/biome$/, file(/(?:^|\/)\.?biome\.jsonc?$/)],
  [/^(?:@prisma\/client|prisma)$/, file(/\.prisma$/)],
  [/^@tailwindcss\/(?:postcss|vite|cli)$/, (facts) => facts.hasText(/@tailwindcss\//)],
  [
    /^tailwindcss$/,
    any(file(/tailwind[^/]*\.[cm]?[jt]s$/), (facts) => facts.hasText(/@tailwind\b|tailwindcss/)),
  ],
  [/^@capacitor\/(?:ios|android|core|cli)$/, by(/^@capacitor\//)],
  [
    /^(?:expo-(?:dev-client|system-ui|navigation-bar|updates|splash-screen|modules-.+)|react-native|react-native-web|metro.*)$/,
    by('expo', 'react-native'),
  ],
  // Peers of the router, which the lockfile of Yarn 1 does not record.
  [
    /^(?:expo-(?:constants|linking|status-bar)|react-dom|react-native-(?:gesture-handler|reanimated|safe-area-context|screens|web))$/,
    all(({ knowsPeers }) => !knowsPeers, by('expo-router', /^@react-navigation\//)),
  ],
  [/^(?:cordova-|postinstall-postinstall$)/, always],
  [/^@iconify(?:-json\/|\/json$)/, by(/unocss|unplugin-icons|iconify/)],
  [
    /^@types\/(?:node|google\.maps|gtag\.js|vscode|wicg-.+|web|dom-.+|serviceworker|google.*|facebook-js-sdk|youtube|gapi.*|w3c-.+|emscripten)$/,
    always,
  ],
  [
    /^@types\/(?:jest|mocha|jasmine|cypress)$/,
    text(/\b(?:describe|context|it|test|expect|suite)\s*(?:\.\w+)?\(/),
  ],
  [/^@types\/qunit$/, text(/\bQUnit\b/)],
  [/^@types\/chrome$/, text(/\bchrome\b/)],
  [/^@types\/firefox-webext-browser$/, text(/\bbrowser\b/)],
  [/^@types\/bun$/, any(text(/\bBun\b|\bbun:|\bbunx?\b/), file(/(?:^|\/)bun\.lockb?$/))],
  [
    /^@types\/webpack-env$/,
    text(/\brequire\.(?:context|ensure|resolveWeak)\b|\bmodule\.hot\b|__webpack_|\bwebpackHot\b/),
  ],
  [/^@types\/k6$/, text(/\bk6\b/)],
  [/^@types\/greasemonkey$/, text(/\bGM[._]/)],
  [/^@types\/trusted-types$/, text(/[tT]rustedTypes?|TrustedHTML|TrustedScript/)],
  [/^@types\/offscreencanvas$/, text(/OffscreenCanvas/)],
];

const KARMA = /(?:^|\/)karma[\w.-]*\.[cm]?[jt]s$/;

/** Strapi names providers by the end of their name: `aws-s3` for `@strapi/provider-upload-aws-s3`. */
function quotedEnd(short: string): RegExp {
  return new RegExp(`["'\`]${short.replace(/\W/g, '\\$&')}["'\`]`);
}

/** Karma names frameworks, reporters and browsers in its own way: `SafariPrivate` for `karma-safari-private-launcher`. */
function karmaName(name: string): RegExp {
  const short = name.replace(/^karma-|-(?:launcher|reporter|preprocessor|loader)$/g, '');
  const words = short.split('-').map((word) => word.replace(/\W/g, '\\$&'));
  return new RegExp(short === 'jasmine-html' ? 'kjhtml' : `["'\`][^"'\`\n]{0,40}${words.join('-?')}`, 'i');
}

/** What its host loads only if it is told to: that it is an optional peer says nothing without a sign of that. */
const ON_DEMAND: readonly Implied[] = [
  ...DRIVERS,
  // Only this part of the platform loads it.
  [
    /^@angular\/animations$/,
    text(/\bplatform-browser\/animations\b|\bprovideAnimations|\bBrowserAnimationsModule\b/),
  ],
  [
    /^(?:sass|node-sass|sass-embedded|less|stylus|pug|terser|jsdom|happy-dom|@swc\/core|@nx\/.+|@vitest\/.+)$/,
    () => false,
  ],
];

/** Checks whether other packages load an optional peer of theirs, as far as the project tells them to. */
export function isTakenUp(name: string, facts: UsageFacts): boolean {
  const [, when] = ON_DEMAND.find(([pattern]) => pattern.test(name)) ?? [];
  return when === undefined || when(facts, name);
}

/** Checks whether a tool or framework that the project uses loads the package by itself. */
export function isImplied(name: string, facts: UsageFacts): boolean {
  return (
    IMPLIED.some(([pattern, when]) => pattern.test(name) && when(facts, name)) || isConfigured(name, facts)
  );
}

/** Checks for a configuration of the package itself, as a tool has. Others read that of PostCSS. */
function isConfigured(name: string, facts: UsageFacts): boolean {
  if (!/^[\w-]+$/.test(name) || name === 'postcss') return false;
  const names = `(?:${name}|${name.replaceAll('-', '')})`;
  return facts.hasFile(new RegExp(`(?:^|/)(?:\\.${names}rc(?:\\.\\w+)?|${names}\\.(?:config|conf)\\.\\w+)$`));
}
