const setup = (manager) => `      - uses: actions/checkout@v4
${manager === 'pnpm' ? '      - uses: pnpm/action-setup@v4\n' : ''}      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: ${manager}
      - run: ${manager} ${manager === 'npm' ? 'ci' : 'install --frozen-lockfile'}
`;

export const ciWorkflow = (manager) => `name: CI
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
${setup(manager)}      - run: ${manager} test
`;

export const publishWorkflow = (manager) => `name: Publish
on:
  push:
    tags: ['v*']
permissions:
  id-token: write
  contents: read
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
${setup(manager)}      - run: npm publish --provenance --access public
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;
